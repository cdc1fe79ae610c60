"""A folder of wheels made from what is installed here, so that tests can install policylint without a registry."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]


def required(names: Iterable[str]) -> Iterator[metadata.Distribution]:
    """These distributions and, without extras, all they require, as far as they are installed here."""
    waiting, seen = list(names), set()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        yield found
        for text in found.requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)


def _is_needed(file: metadata.PackagePath) -> bool:
    """Whether an installation needs a file to run: not its tests, and not what it was compiled from."""
    sources = (".pyc", ".pyx", ".pxd", ".pyi", ".c", ".cpp", ".h", ".hpp", ".a")
    return ".." not in file.parts and file.suffix not in sources and not {"tests", "_tests"} & set(file.parts[:-1])


def packed(distribution: metadata.Distribution, folder: Path) -> Path:
    """The wheel that was installed, made again from its files (pip writes the scripts of a wheel itself), less what is not needed."""
    about = distribution.read_text("WHEEL") or ""
    tags = [line.partition(": ")[2] for line in about.splitlines() if line.startswith("Tag: ")]
    python, abi, platform = (".".join(dict.fromkeys(part)) for part in zip(*(t.split("-") for t in tags), strict=True))
    name = re.sub(r"[-_.]+", "_", distribution.metadata["Name"])
    path = folder / f"{name}-{distribution.version}-{python}-{abi}-{platform}.whl"
    left_out = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as wheel:
        record = ""
        for file in distribution.files or ():
            if not _is_needed(file):
                continue
            if file.parts[0].endswith(".dist-info"):
                record = f"{file.parts[0]}/RECORD"
                if file.name in left_out:
                    continue
            wheel.write(str(file.locate()), file.as_posix())
        wheel.writestr(record, "".join(f"{each},,\n" for each in (*wheel.namelist(), record)))
    return path


def fill(folder: Path) -> Path:
    """Write the wheels of all that policylint needs to be built and to run; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = (*project["project"]["dependencies"], *project["build-system"]["requires"])
    for distribution in required(Requirement(text).name for text in needed):
        packed(distribution, folder)
    return folder


def offline(folder: Path) -> dict[str, str]:
    """The environment in which pip asks this folder and nothing else."""
    return {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder),
        "PIP_NO_COMPILE": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_CONFIG_FILE": "/dev/null",
    }
