"""A batch on a cluster of several processes: the same results as at home, each once, and with a worker killed in the middle."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import reviews

from policylint.errors import UsageError
from policylint.review.engines import engine_named
from policylint.review.jobs import Done, Job
from policylint.review.store import NAME

pytestmark = [
    pytest.mark.usefixtures("rules_kept"),
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # distributed, and Tornado under it, warn about sockets of killed workers
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as made:
            yield made


class Watched:
    """An engine that counts results by key, and may do something after some."""

    def __init__(self, cluster: Any, after: int = -1, then: Any = None) -> None:
        self.engine = engine_named("dask", scheduler=cluster.scheduler_address)
        self.results: Counter[str] = Counter()
        self.after, self.then = after, then

    def __call__(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for done in self.engine(jobs):
            self.results[done.key] += 1
            if self.results.total() == self.after:
                self.then()
            yield done


def test_the_same_as_at_home_and_a_killed_worker_costs_nothing(tmp_path: Path, cluster: Any) -> None:
    folder = reviews.write(tmp_path / "in", 12)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    reviews.run(folder, tmp_path / "home")

    whole = Watched(cluster)
    reviews.run(folder, tmp_path / "whole", engine=whole)
    assert reviews.values(tmp_path / "whole") == reviews.values(tmp_path / "home")

    def kill() -> None:
        worker = next(iter(cluster.workers.values()))
        os.kill(worker.process.pid if hasattr(worker.process, "pid") else worker.pid, signal.SIGKILL)

    broken = Watched(cluster, after=3, then=kill)
    reviews.run(folder, tmp_path / "broken", engine=broken)
    assert reviews.values(tmp_path / "broken") == reviews.values(tmp_path / "home")
    for watched, out in ((whole, "whole"), (broken, "broken")):
        assert set(watched.results.values()) == {1}
        assert len(watched.results) == 13
        with contextlib.closing(sqlite3.connect(tmp_path / out / NAME)) as base:
            assert base.execute("SELECT count(*), count(DISTINCT key) FROM result").fetchone() == (13, 13)

    again = Watched(cluster)
    assert reviews.run(folder, tmp_path / "broken", engine=again).same == 13


def test_a_cluster_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from policylint.review.engines import dask

    monkeypatch.setattr(dask, "_WAIT", "1s")
    with pytest.raises(UsageError, match="does not answer"):
        dask.engine(None, "tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="address of a scheduler"):
        engine_named("dask")
    with pytest.raises(UsageError, match="cluster's own affair"):
        engine_named("dask", 2, "tcp://127.0.0.1:9")


def test_a_worker_of_another_version_is_refused() -> None:
    from policylint.review.engines import dask

    job = Job("a.txt", "a.txt", "", reviews.Terms().task(reviews.Submission("", "", ""), "2026-01-01"))
    with pytest.raises(UsageError, match="another version of policylint"):
        dask.judge_on_worker(job, "0" * 64)
