"""What reporters ship ready-made is what docs/make_report_parts.py makes; and what is not fit to be used is not used."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from policylint.reporters import templates

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "policylint"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    subprocess.run([sys.executable, ROOT / "docs" / "make_report_parts.py", folder], check=True, cwd=ROOT)
    return folder


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_paper_and_the_letter_are_what_the_script_makes(made: Path) -> None:
    for name in ("reporters/docx/paper.docx", "review/folder/letters/letter.docx"):
        assert parts(SHIPPED / name) == parts(made / name)


def test_the_compiled_template_is_what_the_script_makes(made: Path) -> None:
    """Of this template in any case, and the same code where the same Jinja2 compiles it."""
    shipped, new = (
        (folder / "reporters" / "html" / "report.html.compiled").read_text("utf-8") for folder in (SHIPPED, made)
    )
    about, other = shipped.splitlines()[0], new.splitlines()[0]
    assert about.split()[-1] == other.split()[-1]
    if f"Jinja2 {version('jinja2')}," in about:
        assert shipped == new


def test_a_compiled_template_is_used_only_if_it_is_of_this_template_and_this_jinja2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "some_templates"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "page.html.j2").write_text("a <b>", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    right, _, code = templates.compiled("some_templates", "page.html.j2").replace("a <b>", "compiled").partition("\n")
    other_release, other_template = right.replace("Jinja2 ", "Jinja2 0."), f"{right}0"
    for stamp, shown in ((right, "compiled"), (other_release, "a <b>"), (other_template, "a <b>")):
        (package / "page.html.compiled").write_text(f"{stamp}\n{code}", encoding="utf-8")
        templates.file.cache_clear()
        assert templates.template.__wrapped__("some_templates", "page.html.j2").render() == shown
