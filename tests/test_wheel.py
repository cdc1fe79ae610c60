"""What is shipped: a wheel built from a checkout and one built from the sdist hold the package and all its rules."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from policylint.packs import load

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


def python(*arguments: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run this interpreter outside the checkout, so that nothing is found there by accident."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Built without isolation: the test environment holds hatchling, and no registry is asked."""
    out = tmp_path_factory.mktemp("dist")
    # `build` makes the sdist first, and with no format named the wheel from that sdist.
    python("-m", "build", "--no-isolation", "--outdir", out / "via-sdist", ROOT, cwd=out)
    python("-m", "build", "--no-isolation", "--wheel", "--outdir", out / "direct", ROOT, cwd=out)
    return {kind: next((out / kind).glob("*.whl")) for kind in ("via-sdist", "direct")}


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}


def in_checkout() -> dict[str, bytes]:
    """Name in the wheel -> content, of everything a wheel must hold."""
    homes = {"policylint": "policylint", "checks": "policylint/_data/checks"}
    homes |= {"model_policies": "policylint/_data/model_policies", "docs/schema": "policylint/_data/schema"}
    return {
        f"{home}/{path.relative_to(ROOT / folder).as_posix()}": path.read_bytes()
        for folder, home in homes.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and (folder == "policylint" or path.suffix != ".py")
    }


@pytest.mark.parametrize("kind", ["direct", "via-sdist"])
def test_a_wheel_holds_the_package_and_its_rules_and_nothing_else(wheels: dict[str, Path], kind: str) -> None:
    assert contents(wheels[kind]) == in_checkout()


def test_a_wheel_states_its_dependencies_and_its_command(wheels: dict[str, Path]) -> None:
    with zipfile.ZipFile(wheels["direct"]) as archive:
        info = {
            name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist() if "dist-info" in name
        }
    assert "policylint = policylint.cli:main" in info["entry_points.txt"]
    needed = [
        line for line in info["METADATA"].splitlines() if line.startswith("Requires-Dist") and "extra" not in line
    ]
    assert len(needed) == len({line.split()[1].partition(">")[0].lower() for line in needed})
    assert "licenses/LICENSE" in info


def test_an_installed_wheel_finds_its_own_rules(wheels: dict[str, Path], tmp_path: Path) -> None:
    """The wheel unpacked, imported from elsewhere: the packs come out of `_data`, not out of a checkout."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheels["direct"]) as archive:
        archive.extractall(site)
    code = "from policylint.packs import data, load; print(data.checks_dir(), *sorted(load.library().packs), sep='\\n')"
    where, *packs = python("-c", code, cwd=tmp_path, path=site).splitlines()
    assert where == str(site / "policylint" / "_data" / "checks")
    assert packs == sorted(load.library().packs)
    assert "policylint" in python("-m", "policylint", "--version", cwd=tmp_path, path=site)
