"""The pre-commit hooks: what they take in, and both of them tried for real, installed and run without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import wheelhouse
import yaml
from pre_commit.clientlib import load_manifest

from policylint.readers.formats import IN_FOLDERS

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
POLICYLINT = (sys.executable, "-m", "policylint")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}

# Loaded by every Python below: whoever asks for a host or connects to anything but a file of this machine is stopped.
GUARD = """\
import socket
def _no_network(self, address, *_):
    if self.family != getattr(socket, "AF_UNIX", None):
        raise OSError(f"the network was asked for {address}")
def _no_names(*arguments, **_):
    raise OSError(f"the network was asked for {arguments}")
socket.socket.connect = socket.socket.connect_ex = _no_network
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = _no_names
"""


def taken(hook: str, path: str) -> bool:
    """Whether pre-commit would give this file to the hook."""
    out = HOOKS[hook].get("exclude")
    return bool(re.search(HOOKS[hook]["files"], path)) and not (out and re.search(out, path))


def test_the_manifest_is_valid() -> None:
    assert [hook["id"] for hook in load_manifest(str(MANIFEST))] == ["policylint", "policylint-rules"]


def test_the_documents_are_those_that_are_taken_from_folders() -> None:
    assert HOOKS["policylint"]["files"] == rf"(?i)\.({'|'.join(suffix[1:] for suffix in IN_FOLDERS)})$"


@pytest.mark.parametrize(
    "path", ["policies/peer-support.md", "a b/Policy 1031.DOCX", "requests.txt", "readme/policy.pdf"]
)
def test_a_policy_is_taken(path: str) -> None:
    assert taken("policylint", path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/readme.txt",
        "LICENSE.md",
        "requirements-dev.txt",
        ".github/pull_request_template.md",
        "crest.png",
    ],
)
def test_what_is_no_policy_is_left_alone(path: str) -> None:
    assert not taken("policylint", path)


def test_rules_are_taken() -> None:
    rules = ["checks/topic/a.yaml", "ours/model_policies/pack.yaml", "model_policies/profiles/x.yaml", "checks/x.yml"]
    others = ["policylint.yaml", "mychecks/a.yaml", "checks/notes.txt"]
    assert [taken("policylint-rules", path) for path in (*rules, *others)] == [True] * 4 + [False] * 3


@pytest.mark.parametrize("path", [p for f in ("checks", "model_policies") for p in sorted((ROOT / f).iterdir())])
def test_every_shipped_rule_is_taken(path: Path) -> None:
    files = [path] if path.is_file() else sorted(path.rglob("*.yaml"))
    assert files
    assert all(taken("policylint-rules", each.relative_to(ROOT).as_posix()) for each in files)


# -- for real ---------------------------------------------------------------------------------------------------------


class Machine:
    """A home of its own for git, pip and pre-commit, without a network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        guard = folder / "guard"
        guard.mkdir()
        (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
        mine = ("PYTHONPATH", "VIRTUAL_ENV", "PIP_", "GIT_", "PRE_COMMIT")
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(mine)} | {
            **wheelhouse.offline(wheelhouse.fill(folder / "wheels")),
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
            "PYTHONPATH": str(guard),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{
                f"GIT_{who}_{what}": "nobody@example.org"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }

    def run(self, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*map(str, command)],
            cwd=cwd,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def repository(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        self.run("git", "init", "--quiet", ".", cwd=folder)
        return folder

    def commit(self, folder: Path) -> None:
        for command in (("add", "--all"), ("commit", "--quiet", "--message", "A state of it")):
            done = self.run("git", *command, cwd=folder)
            assert done.returncode == 0, done.stdout

    def pre_commit(self, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        self.commit(cwd)
        return self.run(sys.executable, "-m", "pre_commit", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture(scope="module")
def hooks(machine: Machine) -> Path:
    """A repository that holds what an installation of policylint is made from, as a user's pre-commit would clone it."""
    folder = machine.repository("policylint")
    for name in ("policylint", "checks", "model_policies", "docs/schema"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", MANIFEST.name):
        shutil.copy(ROOT / name, folder)
    machine.commit(folder)
    return folder


PACK = """\
id: harbor
title: Harbor County model policy
version: "2026"
authority: Harbor County
rank: model policy
source: Model Policy on Peer Support
as_of: "2026-01-15"
requirements:
  - id: HC-1
    topic: privacy
    force: must
    text: Talks with a peer supporter take place in private.
    citation: Harbor County Model Policy, section 4
    model_language: Each {{ supporter }} shall talk in private.
"""
CHECK = """\
id: talks-in-private
title: Talks take place in private
topic: privacy
serves: [HC-1]
says:
  - "{peer supporter} must {talk|meet} {in private|behind closed doors}"
limits: Does not see what a room is like.
examples:
  met:
    - Each peer supporter shall talk in private.
    - A peer supporter meets in private with whoever asks.
  weak:
    - Peer supporters should talk in private.
    - A peer supporter should meet behind closed doors.
  missing:
    - Each peer supporter shall talk in the briefing room.
    - Peer supporters meet once a month.
"""
WRONG = CHECK.replace("Peer supporters should talk", "Peer supporters shall talk")


@pytest.fixture(scope="module")
def policies(machine: Machine) -> Path:
    """A repository with a policy that meets all that is asked but one thing, rules of its own, and a README."""
    folder = machine.repository("policies")
    (folder / "README.md").write_text("# Our policies\n", encoding="utf-8")
    draft = subprocess.run([*POLICYLINT, "draft"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    gap = "\n## Forms\n\nEach peer supporter shall write a report on every supportive contact.\n"
    (folder / "peer-support.md").write_text(draft + gap, encoding="utf-8")
    (folder / "rules" / "model_policies").mkdir(parents=True)
    (folder / "rules" / "model_policies" / "harbor.yaml").write_text(PACK, encoding="utf-8")
    check = folder / "rules" / "checks" / "privacy" / "talks-in-private.yaml"
    check.parent.mkdir(parents=True)
    check.write_text(WRONG, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_gap_stops_the_commit_and_a_waiver_lets_it_pass(machine: Machine, hooks: Path, policies: Path) -> None:
    """Both hooks, installed and run by `pre-commit try-repo` on a machine that stops whatever asks for the network."""
    done = machine.pre_commit("try-repo", hooks, "--all-files", cwd=policies)
    assert done.returncode == 1
    assert re.search(r"^policylint\.+Failed$", done.stdout, re.MULTILINE)
    assert "error    conflict  IACP-26   Peer supporters keep no written records" in done.stdout
    assert "says: “Each peer supporter shall write a report on every supportive contact.”" in done.stdout
    assert "README" not in done.stdout
    assert re.search(r"^examples of policylint rules\.+Failed$", done.stdout, re.MULTILINE)
    assert "rules/checks/privacy/talks-in-private.yaml:13: talks-in-private: wanted weak, got met" in done.stdout

    waive = ["waive", "IACP-26", "--reason", "The labor agreement asks for it.", "--until", "2999-12-31"]
    subprocess.run([*POLICYLINT, *waive], cwd=policies, check=True, capture_output=True)
    (policies / "rules" / "checks" / "privacy" / "talks-in-private.yaml").write_text(CHECK, encoding="utf-8")
    done = machine.pre_commit("try-repo", hooks, "--all-files", cwd=policies)
    assert done.returncode == 0, done.stdout
    assert len(re.findall(r"\.Passed$", done.stdout, re.MULTILINE)) == 2


@pytest.mark.slow
def test_the_guard_stops_whoever_asks_for_the_network(machine: Machine) -> None:
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')"
    done = machine.run(sys.executable, "-c", code, cwd=machine.folder)
    assert "the network was asked for" in done.stdout
