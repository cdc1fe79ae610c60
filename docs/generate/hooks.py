"""What MkDocs calls while it builds the site (`hooks` in mkdocs.yml)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "generate")]

from rule_pages import pages  # noqa: E402 - found through the lines above, as MkDocs forgets the path after loading this file
from schema_tables import tables  # noqa: E402
from sentences import table  # noqa: E402

from policylint.packs.load import library  # noqa: E402

# What the tests need to know of a block ("console exit=3", "yaml file=a.yaml") stands beside its language; Markdown
# knows no such words. The name of a file is its title.
_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+) (?P<about>[^\n]+)$", re.MULTILINE)
_FILE = re.compile(r"(?:file|append)=(\S+)")

_GENERATED: dict[str, Callable[[], str]] = {
    "<!-- sentences -->": lambda: table(ROOT / "policylint"),
    "<!-- report schema -->": lambda: tables(ROOT / "docs" / "schema" / "policylint-report-1.json"),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from the rules."""
    from mkdocs.structure.files import File

    for path, text in pages(library()).items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs' names
    """Fill in what is generated within a page, and leave out what only the tests read."""
    for marker, make in _GENERATED.items():
        if marker in markdown:
            markdown = markdown.replace(marker, make())
    return _FENCE.sub(_plain_fence, markdown)


def _plain_fence(fence: re.Match[str]) -> str:
    named = _FILE.search(fence["about"])
    title = f' title="{named[1]}"' if named else ""
    return f"{fence['indent']}```{fence['language']}{title}"
