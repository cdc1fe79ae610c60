"""A second run: the same report without judging again, whatever happened to the cache meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from conftest import Run

import policylint
from policylint import api, files
from policylint.asked import Task
from policylint.cache import basis, results, store, values
from policylint.cache.results import Cache, open_cache
from policylint.cache.store import Store
from policylint.judging import rules as judging
from policylint.outcome import Outcome
from policylint.packs import data
from policylint.report import DocumentReport, Report, Verdict
from policylint.reporters import BINARY, REPORTERS

ROOT = Path(policylint.__file__).parents[1]
PASSAGE = "Peer supporters shall keep no notes of their contacts.\n"
HEAVY = (
    "spacy",
    "thinc",
    "numpy",
    "markdown_it",
    "lxml",
    "jinja2",
    "yaml",
    "rich",
    "policylint.packs.load",
    "policylint.language",
)


@pytest.fixture
def passage(tmp_path: Path) -> Path:
    path = tmp_path / "passage.txt"
    path.write_text(PASSAGE, encoding="utf-8")
    return path


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were really judged, as they come."""
    names: list[str] = []
    real = judging.Rules.judge

    def noted(self: judging.Rules, name: str, *more: object) -> Outcome:
        names.append(name)
        return real(self, name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(judging.Rules, "judge", noted)
    return names


def python(*arguments: str, cache: Path, **more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POLICYLINT_CACHE_DIR": str(cache), **more}
    return subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.glob("??/*") if path.is_file())


@pytest.mark.parametrize("format_", sorted(REPORTERS.keys() - BINARY))
def test_the_second_report_is_the_first_one(cli: Run, sample: Path, judged: list[str], format_: str) -> None:
    first, second, anew = (
        cli("check", sample, "--format", format_, "--show", "all", *more) for more in ((), (), ("--no-cache",))
    )
    assert first == second == anew
    assert len(judged) == 2


def test_an_outcome_without_the_policy_as_read_is_none_where_that_is_shown(
    cli: Run, passage: Path, judged: list[str], own_cache: Path
) -> None:
    first = cli("check", passage, "--format", "sarif")
    for path in sorted(entries(own_cache), key=lambda path: path.stat().st_mtime_ns)[-2:-1]:
        path.unlink()  # written just before the outcome
    cli("check", passage)
    assert len(judged) == 1
    assert cli("check", passage, "--format", "sarif") == first
    assert len(judged) == 2


def test_no_cache_neither_reads_nor_writes(cli: Run, passage: Path, judged: list[str], own_cache: Path) -> None:
    cli("check", passage, "--no-cache")
    assert not entries(own_cache)
    cli("check", passage)
    cli("check", passage, "--no-cache")
    assert len(judged) == 3


def test_a_cached_check_loads_no_engine(sample: Path, tmp_path: Path, own_cache: Path) -> None:
    policy = tmp_path / "policy.md"
    policy.write_text(sample.read_text(encoding="utf-8"), encoding="utf-8")
    code = (
        f"import sys; from policylint.cli import run; code = run(['check', {str(policy)!r}, '--output', {os.devnull!r}]); "
        f"print(code, *sorted({set(HEAVY)!r} & set(sys.modules)))"
    )
    loaded = [python("-c", code, cache=own_cache).communicate()[0].split() for _ in range(2)]
    assert "spacy" in loaded[0]
    assert loaded[1] == ["1"]


SETTINGS: list[tuple[str, ...]] = [
    ("--pack", "iacp"),
    ("--pack", "washington-model"),
    ("--profile", "washington"),
    ("--fact", "regional=yes"),
    ("--agency-kind", "fire"),
    ("--as-of", "2030-01-01"),
    ("--section", "all"),
    ("--read-memory", "512"),
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s[0] + s[1])
def test_another_setting_is_another_result(
    cli: Run, passage: Path, judged: list[str], setting: tuple[str, ...]
) -> None:
    plain = cli("check", passage)
    other = cli("check", passage, *setting)
    assert len(judged) == 2
    assert cli("check", passage) == plain
    assert cli("check", passage, *setting) == other
    assert len(judged) == 2


def test_a_changed_document_is_judged_again(cli: Run, passage: Path, judged: list[str]) -> None:
    cli("check", passage)
    passage.write_text(PASSAGE.replace("no notes", "notes"), encoding="utf-8")
    changed = cli("check", passage)
    assert len(judged) == 2
    assert "conflict" in changed.out


def test_another_name_is_another_document(cli: Run, passage: Path, judged: list[str]) -> None:
    cli("check", passage)
    other = passage.rename(passage.with_name("other.txt"))
    assert "other.txt" in cli("check", other).out
    assert len(judged) == 2


def test_an_agencys_own_profile_counts_by_its_content(
    cli: Run, passage: Path, tmp_path: Path, judged: list[str]
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("id: own\nextends: national\nseverity: {IACP-1a: info}\n", encoding="utf-8")
    cli("check", passage, "--profile", own)
    cli("check", passage, "--profile", own)
    own.write_text("id: own\nextends: national\nseverity: {IACP-1a: warning}\n", encoding="utf-8")
    cli("check", passage, "--profile", own)
    assert len(judged) == 2
    own.unlink()
    assert cli("check", passage, "--profile", own).code == 2


def test_what_could_not_be_read_is_tried_again(cli: Run, tmp_path: Path, own_cache: Path) -> None:
    path = tmp_path / "late.txt"
    assert cli("check", path).code == 3
    path.write_bytes(b"")
    assert cli("check", path).code == 3
    path.write_text(PASSAGE, encoding="utf-8")
    assert cli("check", path).code == 1
    assert entries(own_cache)


def test_no_peer_support_policy_is_kept_too(cli: Run, tmp_path: Path, judged: list[str]) -> None:
    path = tmp_path / "other.txt"
    path.write_text("Vehicles are washed on Mondays by the motor pool. " * 40, encoding="utf-8")
    assert cli("check", path) == cli("check", path)
    assert cli("check", path).code == 3
    assert len(judged) == 1


def test_notes_on_the_age_of_a_pack_come_with_their_day(
    cli: Run, passage: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def on(day: int) -> str:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(day * 86400))
        return cli("check", passage, "--pack", "washington-model").out

    first, next_day, far = on(20_600), on(20_601), on(36_500)
    assert first == next_day
    assert "was to be compared with its source" not in first
    assert "was to be compared with its source" in far
    assert on(36_501) == far
    assert on(20_602) == first
    assert len(judged) == 3  # the day is out of what was kept last, so that was judged anew


# -- what results rest on -----------------------------------------------------------------------------------------------


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules, taken for the shipped ones."""
    checks, packs = data.checks_dir(), data.packs_dir()
    for folder in (checks, packs):
        shutil.copytree(folder, tmp_path / "rules" / folder.name)
    monkeypatch.setattr(data, "checks_dir", lambda: tmp_path / "rules" / checks.name)
    monkeypatch.setattr(data, "packs_dir", lambda: tmp_path / "rules" / packs.name)
    return tmp_path / "rules"


def test_every_change_of_a_rule_changes_the_digest(rules: Path, tmp_path: Path) -> None:
    kept = Store(str(tmp_path / "kept"))

    def now() -> tuple[str, str]:
        stamp = basis.stamp()
        return stamp, basis.digest(kept, stamp)

    before = now()
    assert now() == before
    path = next((rules / "checks" / "lexicon").glob("*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    changed = now()
    assert changed[0] != before[0]
    assert changed[1] != before[1]
    path.write_text(text, encoding="utf-8")
    assert now()[1] == before[1]  # another time of change, the same rules
    path.rename(path.with_name("another-name.yaml"))
    assert now()[1] != before[1]


def test_rules_changed_while_they_load_are_not_kept(rules: Path, own_cache: Path) -> None:
    cache = open_cache()
    assert cache is not None
    known = set(entries(own_cache))
    path = next((rules / "checks" / "lexicon").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    cache.confirm()
    cache.keep(Task(), "x.txt", "00", Outcome(DocumentReport("x.txt"), lasting=True))
    assert set(entries(own_cache)) == known


def test_an_upgraded_library_changes_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = tmp_path / "site-packages"
    (libraries / "spacy-3.8.1.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(libraries), *sys.path])
    kept = Store(str(tmp_path / "kept"))
    before = basis.digest(kept, basis.stamp())
    (libraries / "spacy-3.8.1.dist-info").rename(libraries / "spacy-3.8.2.dist-info")
    os.utime(libraries, ns=(1, 1))  # on a coarse clock both could be the same
    assert basis.digest(kept, basis.stamp()) != before


def test_ready_rules_judge_as_those_read_from_their_files(sample: Path, judged: list[str]) -> None:
    from policylint.judging import ready

    read = policylint.check_file(sample).documents
    inputs = [files.Input(str(sample))]
    for _ in range(2):
        ready._LOADED.clear()
        cache = open_cache()
        assert cache is not None
        cache.find = lambda *_, **_more: None  # type: ignore[method-assign]
        assert api.check_inputs(inputs, cache=cache).documents == read
        assert api.check_inputs(inputs, profile="washington", cache=cache) == policylint.check_file(
            sample, profile="washington"
        )
    assert len(judged) == 7


# -- values ---------------------------------------------------------------------------------------------------------------


def test_outcomes_come_back_whole(sample: Path, report: Report) -> None:
    documents = (*policylint.check_file(sample, profile="washington").documents, *report.documents)
    assert documents[0].body is not None
    for document in documents:
        outcome = Outcome(document, report.packs, ("2026-01-01", ""), lasting=True)
        kept, body = (json.loads(json.dumps(v)) for v in (values.plain(outcome), values.plain_body(document.body)))
        assert values.outcome_from(kept, body) == outcome
        assert values.outcome_from(kept) == replace(outcome, document=replace(document, body=None))


def test_every_field_that_judging_fills_is_kept() -> None:
    """What marks come to afterwards (waivers, the baseline) is none of the outcome."""
    kept = {*values._VERDICT, "evidence", "closest"}
    after = {"waiver", "expired", "standing"}
    assert {f.name for f in fields(Verdict)} - kept - after == set()
    assert {f.name for f in fields(DocumentReport)} == {*values._DOCUMENT, "verdicts", "body", "fixed"}


# -- the store ------------------------------------------------------------------------------------------------------------

KEY = "ab" * 32


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


DAMAGES: list[Callable[[bytes], bytes]] = [
    cut,
    lambda _: b"",
    lambda data: data + b"x",
    lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    lambda data: bytes([data[0] ^ 1]) + data[1:],
    lambda _: b"\x00" * 4096,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=["cut", "empty", "longer", "last bit", "first bit", "zeros"])
def test_a_damaged_file_is_no_file(
    cli: Run, passage: Path, judged: list[str], own_cache: Path, damage: Callable[[bytes], bytes]
) -> None:
    whole = cli("check", passage)
    for path in entries(own_cache):
        path.write_bytes(damage(path.read_bytes()))
    assert cli("check", passage) == whole
    assert len(judged) == 2
    assert cli("check", passage) == whole
    assert len(judged) == 2


def test_a_value_under_the_key_of_another_is_none(tmp_path: Path) -> None:
    kept = Store(str(tmp_path / "kept"))
    kept.put(KEY, ["a value"])
    shutil.copy(kept._path(KEY), kept._path("ab" * 31 + "ac"))
    assert (kept.get(KEY), kept.get("ab" * 31 + "ac")) == (["a value"], None)


@pytest.mark.parametrize("value", [None, 1, [], [1, 2, 3, 4, 5, 6], {"a": 1}, [["x"], [], [], None, [], []]])
def test_a_value_of_another_shape_is_no_outcome(value: object) -> None:
    assert values.outcome_from(value) is None


def test_a_folder_that_cannot_be_used_is_done_without(
    cli: Run, passage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with_cache = cli("check", passage)
    monkeypatch.setenv("POLICYLINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert cli("check", passage) == with_cache


def test_a_folder_that_cannot_be_written_is_done_without(
    cli: Run, passage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_cache = cli("check", passage)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store, "_write", refuse)
    passage.write_text(PASSAGE + "\n", encoding="utf-8")
    assert cli("check", passage) == with_cache


def test_a_program_finds_the_rules_and_keeps_no_outcome(
    passage: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, read = files.Input.read, []
    monkeypatch.setattr(files.Input, "read", lambda self: (read.append(self.name), real(self))[1])
    first = policylint.check_file(passage, packs=["rcw-5-60-060"])
    assert policylint.check_file(passage, packs=["rcw-5-60-060"]) == first
    assert len(judged) == len(read) == 2
    cache = open_cache()
    assert cache is not None
    assert cache.store.get(cache.key("rules", ["rcw-5-60-060"], [])) is not None
    assert (
        cache.find(Task.of(["rcw-5-60-060"], None, None, None), str(passage), first.documents[0].sha256 or "") is None
    )


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICYLINT_CACHE_DIR")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache/policylint")
    assert results.usual_folder() is None
    assert open_cache() is None


def test_only_the_owner_may_look(cli: Run, passage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "deep" / "cache"
    monkeypatch.setenv("POLICYLINT_CACHE_DIR", str(folder))
    cli("check", passage)
    assert (folder / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    if os.name == "posix":
        assert {path.stat().st_mode & 0o77 for path in (folder, *entries(folder))} == {0}


def test_each_folder_keeps_to_its_share_and_loses_the_oldest(tmp_path: Path) -> None:
    kept = Store(str(tmp_path / "kept"), limit=256 * 4000)
    keys = ["ab" + f"{number:062x}" for number in range(40)]
    for number, key in enumerate(keys):
        kept.put(key, os.urandom(150).hex())
        os.utime(kept._path(key), (1000 + number, 1000 + number))
    kept.put("ab" + "f" * 62, "new")
    there = [key for key in keys if kept.get(key) is not None]
    assert there == keys[-len(there) :]
    assert 5 < len(there) < 30
    assert kept.get("ab" + "f" * 62) == "new"
    assert kept.usage().size <= 4000
    kept.put("ab" + "e" * 62, os.urandom(5000).hex())
    assert kept.get("ab" + "e" * 62) is None


def test_what_is_used_becomes_young_again(tmp_path: Path) -> None:
    kept = Store(str(tmp_path / "kept"))
    kept.put(KEY, 1)
    os.utime(kept._path(KEY), (1000, 1000))
    kept.get(KEY)
    assert time.time() - Path(kept._path(KEY)).stat().st_mtime < 100


def test_what_killed_processes_left_goes(tmp_path: Path) -> None:
    kept = Store(str(tmp_path / "kept"))
    kept.put(KEY, 1)
    old, fresh = (Path(kept._path(KEY)).with_name(f"new-{name}") for name in ("old", "fresh"))
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    kept.put("ab" * 31 + "ac", 2)
    assert not old.exists()
    assert fresh.exists()


def test_info_and_clear(cli: Run, passage: Path, own_cache: Path) -> None:
    cli("check", passage)
    stranger = own_cache / "not-ours.txt"
    stranger.write_text("x", encoding="utf-8")
    told = cli("cache", "info")
    assert (told.code, told.out.splitlines()[0]) == (0, str(own_cache))
    assert f"{len(entries(own_cache))} files" in told.out
    cleared = cli("cache", "clear")
    assert cleared.code == 0
    assert "removed" in cleared.err
    assert not entries(own_cache)
    assert stranger.exists()
    assert "0 files" in cli("cache", "info").out


# -- processes ------------------------------------------------------------------------------------------------------------

WRITE = """
import sys
from policylint.cache.store import Store
store = Store(sys.argv[1])
for number in range(10**6):
    store.put(f"ab{number % 7:062x}", ["x" * 200000, number])
    if number == 20:
        print("going", flush=True)
"""


def test_a_killed_process_leaves_no_broken_cache(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    for _ in range(3):
        with python("-c", WRITE, str(folder), cache=folder) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "going\n"
            time.sleep(0.05)
            process.kill()
        for path in entries(folder):
            if not path.name.startswith("new-"):
                value = Store(str(folder)).get("ab" + path.name)
                assert isinstance(value, list)
                assert len(value[0]) == 200000


HAMMER = """
import os, sys
from pathlib import Path
import policylint.assess, policylint.language, policylint.outline  # once, and not by each of the processes
from policylint.cli import run

passage, out, *batches = sys.argv[1:]
number = 0
for at, batch in enumerate(map(int, batches)):
    started, times = [], 2 if at < 2 else 1
    for _ in range(batch):
        process = os.fork()
        if not process:
            os.dup2(os.open(Path(out, str(number)), os.O_CREAT | os.O_WRONLY), 1)
            codes = [run(["check", passage, "--format", "json"]) for _ in range(times)]
            sys.stdout.flush()
            os._exit(set(codes) != {1})
        started.append(process)
        number += 1
    if at == 1:
        for path in Path(os.environ["POLICYLINT_CACHE_DIR"]).glob("??/*"):
            path.write_bytes(path.read_bytes()[:100])
    assert [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in started] == [0] * batch
"""

BATCHES = (4, 4, 48, 48, 48, 48)
"""Processes started at once: two hundred in all."""


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="two hundred processes are started by fork, which this system lacks"
)
def test_two_hundred_processes_share_one_cache(passage: Path, own_cache: Path, tmp_path: Path) -> None:
    """The first find nothing and all write the same; those after find files that are cut off under their hands; then all is there."""
    expected = policylint.check_file(passage).to_dict()
    reports = tmp_path / "reports"
    reports.mkdir()
    process = python("-c", HAMMER, str(passage), str(reports), *map(str, BATCHES), cache=own_cache)
    assert (*process.communicate(timeout=200), process.returncode) == ("", "", 0)
    assert sum(BATCHES) == len(list(reports.iterdir())) == 200
    for report in reports.iterdir():
        text = report.read_text(encoding="utf-8")
        first, end = json.JSONDecoder().raw_decode(text)
        assert first == expected
        assert not text[end:].strip() or json.loads(text[end:]) == expected


def _opened() -> Cache:
    cache = open_cache()
    assert cache is not None
    return cache


def test_the_cache_travels_to_another_process() -> None:
    import pickle

    cache = _opened()
    other = pickle.loads(pickle.dumps(cache))  # noqa: S301 - our own bytes
    assert (other.store.folder, other.stamp, other.digest) == (cache.store.folder, cache.stamp, cache.digest)


def test_an_outcome_out_of_its_days_is_not_taken() -> None:
    cache = _opened()
    document = replace(policylint.check_text(PASSAGE).documents[0], path="x.txt")
    for days, there in (
        (("", ""), True),
        (("2026-01-01", "2026-12-31"), True),
        (("2026-06-01", ""), False),
        (("", "2026-05-31"), False),
    ):
        cache.keep(Task(as_of="2026-06-01"), "x.txt", "00", Outcome(document, (), days, lasting=True))
        assert (cache.find(Task(as_of="2026-06-01"), "x.txt", "00") is not None) == there
