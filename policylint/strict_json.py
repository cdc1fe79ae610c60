"""Values of a JSON file that know where they stand: a key too many, one too few or a wrong type is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from policylint.errors import PolicylintError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is: how errors name it ("The saved report"), what they advise, and which error it is."""

    name: str
    hint: str
    error: type[PolicylintError]

    def invalid(self, what: str) -> PolicylintError:
        """The error that such a file is not valid; `what` is the rest of the sentence."""
        return self.error(f"{self.name} is not valid: {what}", hint=self.hint)


@dataclass(frozen=True, slots=True)
class At:
    """A value of a JSON file, and where it stands: "report.documents[0].path"."""

    value: Any
    where: str
    kind: Kind

    def wrong(self, wanted: str) -> PolicylintError:
        """The error that something else must stand here."""
        return self.kind.invalid(f"{self.where} must be {wanted}, not {shown(self.value)}.")

    def members(self, *keys: str, optional: Collection[str] = ()) -> Mapping[str, At]:
        """The values of an object that has these keys, may have the optional ones, and has no other."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        for problem, names in (
            ("lacks", set(keys) - set(self.value)),
            ("has an unknown", set(self.value) - set(keys) - set(optional)),
        ):
            if names:
                raise self.kind.invalid(f"{self.where} {problem} {shown(min(names))}.")
        return {key: self._below(key) for key in (*keys, *optional) if key in self.value}

    def entries(self) -> Mapping[str, At]:
        """The values of an object with any keys."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return {key: self._below(key) for key in self.value}

    def _below(self, key: str) -> At:
        return At(self.value[key], f"{self.where}.{key}", self.kind)

    def each(self, make: Callable[[At], T]) -> tuple[T, ...]:
        """What `make` makes of each value of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return tuple(make(At(item, f"{self.where}[{at}]", self.kind)) for at, item in enumerate(self.value))

    def maybe(self, make: Callable[[At], T]) -> T | None:
        """None for null, else what `make` makes of the value."""
        return None if self.value is None else make(self)

    def text(self) -> str:
        """A string."""
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def number(self) -> int:
        """A whole number from 0."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.wrong("a whole number from 0")
        return self.value

    def one_of(self, names: Collection[str]) -> str:
        """One of some strings."""
        if not isinstance(self.value, str) or self.value not in names:
            raise self.wrong(f"one of {', '.join(names)}")
        return self.value

    def same_as(self, wanted: object) -> None:
        """Nothing, where the value is what was worked out from others."""
        if self.value != wanted:
            raise self.kind.invalid(f"{self.where} does not fit what it sums up. Was it edited by hand?")


def shown(value: object) -> str:
    """A value as an error shows it, in at most 60 characters."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 60 else f"{text[:57]}..."


def parsed(data: bytes, name: str, kind: Kind) -> object:
    """The value of a JSON file.

    Args:
        data: the file's bytes.
        name: what errors call the file.
        kind: what it is meant to be.

    Raises:
        PolicylintError: it is no JSON; the error is of `kind.error`.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        why = error.msg if isinstance(error, json.JSONDecodeError) else "it is no UTF-8 text, or nested too deep"
        raise kind.error(f"{kind.name} is no JSON: {why}.", file=name, line=line, hint=kind.hint) from None


def loaded(data: bytes, name: str, kind: Kind, schema: str, make: Callable[[At], T]) -> T:
    """What `make` makes of a file whose first word is its schema ("policylint-lock/1").

    Raises:
        PolicylintError: of the kind's own class, with the file's name: it is no JSON, of another schema, or not valid.
    """
    value = parsed(data, name, kind)
    try:
        if isinstance(value, dict) and value.get("schema", schema) != schema:
            raise kind.invalid(f"its schema is {shown(value['schema'])}; this version reads {schema}.")
        return make(At(value, schema.partition("/")[0].removeprefix("policylint-"), kind))
    except kind.error as error:
        raise kind.error(error.message, file=name, hint=error.hint) from None
