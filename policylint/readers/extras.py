"""Libraries that come with an extra: what is said when one is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from policylint.errors import DocumentError


@contextmanager
def needs(extra: str, what: str) -> Iterator[None]:
    """Stands around the import of an optional library.

        with needs("ocr", "Recognising the text of a scanned page"):
            import rapidocr

    Args:
        extra: the extra of this package that brings the library.
        what: what it is needed for, as the beginning of a sentence.

    Raises:
        DocumentError: it is not installed; says how to install it.
    """
    try:
        yield
    except ImportError as error:
        missing = f" ({error.name} is missing)" if error.name else ""
        raise DocumentError(
            f"{what} needs an extra part of policylint that is not installed{missing}.",
            hint=f"Install it with: pip install 'policylint[{extra}]'",
        ) from None
