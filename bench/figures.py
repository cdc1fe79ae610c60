"""Where the benches put their figures: between two marks in a page of the documentation."""

from collections.abc import Iterable
from pathlib import Path


def put(page: Path, begin: str, end: str, lines: Iterable[str]) -> None:
    """Replace what stands between two marks of a page. Raises SystemExit when the page has no such place."""
    before, begins, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ends, after = rest.partition(end)
    if not (begins and ends):
        raise SystemExit(f"{page} holds no place for the figures: {begin} ... {end}")
    body = "\n".join(lines)
    page.write_text(f"{before}{begin}\n\n{body}\n\n{end}{after}", encoding="utf-8")
