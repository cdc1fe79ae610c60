"""OpenDocument text (.odt, .ott, .fodt): numbers as the word processor shows them, tracked changes as accepted.

Deleted text, hidden text, comments and tables of contents stand in the source as blocks that are left out, each with its
reason. What stands in headers and footers of the pages is told in the notes.
"""

from __future__ import annotations

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers import flow
from policylint.readers.compose import Composer
from policylint.readers.formats import Options
from policylint.readers.odt.names import office
from policylint.readers.odt.package import load
from policylint.readers.odt.walk import Walker, running

__all__ = ["read"]


def read(data: bytes, name: str, options: Options) -> Source:  # noqa: ARG001 - pages are made by the program that shows it
    """Read an OpenDocument text.

    Raises:
        DocumentError: it is damaged, encrypted, too large, no text document, or holds no text.
    """
    package = load(data, name)
    body = next(package.content.iter(office("text")), None)
    if body is None:
        raise DocumentError(
            "The file is an OpenDocument file, but no text.", file=name, hint="Save the policy as .odt, .docx or PDF."
        )
    notes, composer = flow.Notes(), Composer()
    try:
        Walker(package, composer, notes).run(body)
    except RecursionError:
        raise DocumentError(
            "The document nests its lists or tables too deeply to be read.",
            file=name,
            hint="Save it as PDF and give that.",
        ) from None
    told = []
    for why, words in running(package):
        composer.add([(words, False)], kind="paragraph", left_out=why)
        told.append(f"In the {why.removeprefix('running ')} of the pages: “{words[:300]}”.")
    return flow.relined(composer.source("odt", notes=(*told, *notes.sentences())))
