"""Web pages: the policy in them, without the site around it.

Pages saved by Word, exported by other word processors, made by converters and shown by viewers of documents are read as well, and
pages in one file (MHTML). Nothing is fetched, no script runs. What is left out is named in the notes and stands in the source
as a block with its reason.
"""

from __future__ import annotations

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers import flow
from policylint.readers.compose import Composer
from policylint.readers.formats import Options
from policylint.readers.html import charset, mhtml, parts, tree
from policylint.readers.html.style import Styles
from policylint.readers.html.walk import Walker

__all__ = ["read"]

_FRAMES = "iframe frame embed object".split()


def read(data: bytes, name: str, options: Options) -> Source:  # noqa: ARG001 - a page has no pages
    """Read a web page.

    Raises:
        DocumentError: it holds no text, or it is a message (MHTML) without a page.
    """
    said = ""
    if mhtml.is_mhtml(data):
        data, said = mhtml.page_of(data, name)
    text, told = charset.decode(data, said)
    root, deep = tree.parse(text)
    body = root.find("body") if root is not None and root.tag == "html" else root
    if body is None:
        raise _empty(name, root)
    styles = Styles(root)
    notes, composer = flow.Notes(), Composer()
    Walker(composer, styles, parts.find(body, styles), notes).run(body)
    source = composer.source("html", notes=(*told, *deep, *styles.notes, *notes.sentences()))
    if all(block.left_out for block in source.blocks):
        raise _empty(name, root)
    return flow.relined(source)


def _empty(name: str, root: tree.Element | None) -> DocumentError:
    """A sentence on a page without text of its own, which most often shows another file."""
    if root is not None and any(True for _ in root.iter(*_FRAMES)):
        hint = "The page shows its text in a frame, from another file. Save that file (often a PDF) and give it."
    elif root is not None and any(True for _ in root.iter("script")):
        hint = "The page may fill itself by scripts. Open it in a browser, then save or print it as PDF, and give that."
    else:
        hint = "Check that the right file was given."
    return DocumentError("The page holds no text of a policy.", file=name, hint=hint)
