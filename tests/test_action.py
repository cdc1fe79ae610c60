"""The GitHub action and the jobs of docs/ci.md: valid by the schemas of their services, and their scripts run as they would be."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import doc_pages
import pytest
import yaml
from doc_pages import ROOT

pytestmark = pytest.mark.usefixtures("rules_kept")

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
FILES = {block.named("file"): block.text for block in doc_pages.blocks("docs/ci.md") if block.named("file")}


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("action.yml", "vendor.github-actions"),
        (".github/workflows/policies.yml", "vendor.github-workflows"),
        (".gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_it_is_valid_by_the_schema_of_its_service(name: str, schema: str, tmp_path: Path) -> None:
    path = tmp_path / Path(name).name
    path.write_text(FILES.get(name) or (ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path]
    if schema == "vendor.gitlab-ci":
        command[-1:-1] = ["--data-transform", "gitlab-ci"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_gives_inputs_that_the_action_has() -> None:
    job = yaml.safe_load(FILES[".github/workflows/policies.yml"])["jobs"]["policylint"]
    (step,) = (step for step in job["steps"] if "policylint" in step["uses"])
    assert set(step["with"]) <= set(ACTION["inputs"])


def test_the_page_names_every_input() -> None:
    page = doc_pages.PAGES["docs/ci.md"].read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in ACTION["inputs"])


def test_nothing_that_a_user_gives_is_pasted_into_a_script() -> None:
    assert not [step["run"] for step in STEPS if "${{" in step.get("run", "")]


def test_the_hooks_that_the_page_names_exist() -> None:
    (repo,) = yaml.safe_load(FILES[".pre-commit-config.yaml"])["repos"]
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in repo["hooks"]} == known


# -- as a runner would ------------------------------------------------------------------------------------------------


@dataclass
class Runner:
    """What a runner of GitHub gives a step: files to write to, and the environment."""

    workspace: Path
    temporary: Path

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the step of this name with these inputs, the others as the action sets them."""
        (step,) = (step for step in STEPS if step.get("name") == name)
        given = {key: value["default"] for key, value in ACTION["inputs"].items()} | {
            key.replace("_", "-"): value for key, value in inputs.items()
        }
        values = {f"inputs.{key}": value for key, value in given.items()} | {
            "github.action_path": str(ROOT),
            "steps.python.outputs.python-path": sys.executable,
        }
        files = {f"GITHUB_{name}": str(self.temporary / name) for name in ("OUTPUT", "STEP_SUMMARY", "ENV")}
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "POLICYLINT": str(self.temporary / "policylint-command"),
            "RUNNER_TEMP": str(self.temporary),
            "XDG_CACHE_HOME": str(self.temporary / "cache"),
            **files,
            **{key: _evaluated(text, values) for key, text in step["env"].items()},
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def written(self, name: str) -> str:
        """What the steps wrote to one of the runner's files."""
        path = self.temporary / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.written("OUTPUT").splitlines())


def _evaluated(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: values[found[1]], text)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A checkout with a policy in a folder and one whose name has blanks, and policylint where the action installs it."""
    workspace, temporary = tmp_path / "workspace", tmp_path / "temporary"
    for path in (workspace / ".git", workspace / "policies", workspace / "procedures", temporary):
        path.mkdir(parents=True)
    sample = ROOT / "fixtures" / "sample-policy.md"
    shutil.copy(sample, workspace / "policies" / "first.md")
    shutil.copy(sample, workspace / "procedures" / "peer support.md")
    command = temporary / "policylint-command"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m policylint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return Runner(workspace, temporary)


def documents(sarif: str) -> set[str]:
    run = json.loads(Path(sarif).read_text(encoding="utf-8"))["runs"][0]
    return {artifact["location"]["uri"] for artifact in run["artifacts"]}


def test_gaps_fail_the_step_and_are_shown_everywhere(runner: Runner) -> None:
    done = runner.step("Check", paths="policies\n\n  procedures/peer support.md  \n", profile="national")
    assert done.returncode == 1
    assert "::error file=policies/first.md,line=" in done.stdout
    assert "IACP-26" in runner.written("STEP_SUMMARY")
    assert runner.outputs["exit-code"] == "1"
    assert documents(runner.outputs["sarif"]) == {"policies/first.md", "procedures/peer%20support.md"}


def test_nothing_fails_when_nothing_shall(runner: Runner) -> None:
    done = runner.step("Check", paths="policies", fail_on="never")
    assert (done.returncode, done.stderr) == (0, "")
    assert runner.outputs["exit-code"] == "0"


def test_wrong_usage_is_said_and_nothing_is_uploaded(runner: Runner) -> None:
    done = runner.step("Check", profile="no-such-profile")
    assert done.returncode == 2
    assert "There is no profile 'no-such-profile'." in done.stderr
    assert runner.outputs == {"exit-code": "2"}
    (upload,) = (step for step in STEPS if "upload-sarif" in step.get("uses", ""))
    assert "steps.check.outputs.sarif != ''" in upload["if"]


def test_what_could_not_be_judged_is_told_and_reported(runner: Runner) -> None:
    (runner.workspace / "policies" / "empty.md").write_text("", encoding="utf-8")
    done = runner.step("Check", paths="policies")
    assert done.returncode == 3
    assert "policies/empty.md: not judged" in done.stderr
    assert "empty.md" in runner.written("STEP_SUMMARY")
    assert "policies/first.md" in documents(runner.outputs["sarif"])


@pytest.mark.parametrize("path", ["$(touch caught)", "; touch caught", "`touch caught`", "--output=caught"])
def test_a_path_is_never_run(runner: Runner, path: str) -> None:
    assert runner.step("Check", paths=path).returncode == 3
    assert not (runner.workspace / "caught").exists()


@pytest.mark.slow
def test_the_action_installs_itself(runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import wheelhouse

    for key, value in wheelhouse.offline(wheelhouse.fill(tmp_path / "wheels")).items():
        monkeypatch.setenv(key, value)
    done = runner.step("Install policylint")
    assert done.returncode == 0, done.stdout + done.stderr
    (command,) = re.findall(r"^POLICYLINT=(.*)$", runner.written("ENV"), re.MULTILINE)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    shown = subprocess.run(
        [command, "packs"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "iacp" in shown.stdout


def test_the_gitlab_job_does_what_the_page_says(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    job: dict[str, Any] = yaml.safe_load(FILES[".gitlab-ci.yml"])["policylint"]
    (runner.temporary / "policylint-command").rename(runner.temporary / "policylint")
    monkeypatch.setenv("PATH", str(runner.temporary), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    ended = [
        subprocess.run(["bash", "-c", line], cwd=runner.workspace, capture_output=True, check=False).returncode
        for line in job["script"]
    ]
    assert ended == [0, 1]
    assert (runner.workspace / job["artifacts"]["reports"]["junit"]).is_file()
