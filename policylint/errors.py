"""The few kinds of error a user can meet. Each is a sentence: what is wrong, where, what to do."""

from __future__ import annotations


class PolicylintError(Exception):
    """Base of every error policylint raises on purpose.

    Attributes:
        message: what is wrong, as a sentence.
        file: the file it concerns, or None.
        line: 1-based line in that file, or None.
        hint: what to do about it, or None.
        excerpt: the offending line of the file with a caret under the place, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        hint: str | None = None,
        excerpt: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.hint = hint
        self.excerpt = excerpt

    def __str__(self) -> str:
        where = ""
        if self.file is not None:
            where = f"{self.file}:{self.line}: " if self.line is not None else f"{self.file}: "
        parts = [where + self.message]
        if self.excerpt:
            parts.append(self.excerpt)
        if self.hint:
            parts.append(self.hint)
        return "\n".join(parts)


class UsageError(PolicylintError):
    """A wrong option value, an unknown pack, no document at all (exit code 2)."""


class RuleError(PolicylintError):
    """A check, pack or lexicon file that is not valid (exit code 2)."""


class DocumentError(PolicylintError):
    """A document that cannot be read or judged (exit code 3); other documents go on."""
