"""A letter for each agency, in Word: what is met, what must change, what is missing to pass.

`values.py` says what a letter says, `template.py` fills it into a Word file that a commission may replace. The one that ships,
letter.docx, is made by docs/make_report_parts.py.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from policylint.errors import UsageError
from policylint.review.folder.letters.template import LetterTemplate
from policylint.review.folder.letters.trials import trial_values
from policylint.review.folder.letters.values import letter_values

__all__ = ["LetterTemplate", "letter_template", "letter_values", "shipped_template", "template_data"]


def template_data(path: Path | None) -> tuple[bytes, str]:
    """The bytes of a commission's own template, or of the one that ships, and what to call it. Raises UsageError."""
    if path is None:
        return shipped_template(), "letter-template.docx"
    try:
        return path.read_bytes(), str(path)
    except OSError as error:
        message = f"The letter template cannot be read: {error.strerror or error}."
        raise UsageError(message, file=str(path)) from None


def shipped_template() -> bytes:
    """The Word file that letters are made of where nobody gives another."""
    return (files("policylint.review.folder.letters") / "letter.docx").read_bytes()


def letter_template(data: bytes, name: str) -> LetterTemplate:
    """A template that has been tried. Raises UsageError: it cannot be used."""
    return LetterTemplate(data, name, trial_values())
