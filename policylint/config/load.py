"""Reading a configuration strictly: each value with the place it stands at, each mistake as an error with file, line and caret."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

from policylint.config.discover import TABLE, TOML
from policylint.config.given import Configuration, Given, Override
from policylint.config.known import Known
from policylint.config.paths import shown
from policylint.config.settings import CHOICES, DOCUMENT_KEYS, KEYS
from policylint.config.values import READ, Reader, patterns
from policylint.errors import RuleError
from policylint.packs import strict_yaml
from policylint.packs.strict_yaml import RuleFile

WHAT = "configuration"


def load(path: str) -> Configuration:
    """Read a configuration file: YAML, or the table [tool.policylint] of a pyproject.toml (any name that ends in .toml).

    Raises:
        RuleError: it cannot be read, or something in it is unknown or of the wrong type.
    """
    name = shown(path)
    file = _read(Path(path), name)
    folder = Path(path).resolve().parent
    keys = file.mapping(file.root, f"the {WHAT}", optional=(*KEYS, "overrides"))
    folders = READ["rules"](Reader(file, folder, Known()), keys["rules"]) if "rules" in keys else ()
    reader = Reader(file, folder, Known(tuple(map(Path, folders))))
    values = _values(reader, file.root)
    return Configuration(
        file=name,
        folder=str(folder),
        values=values,
        overrides=_overrides(reader, keys["overrides"]) if "overrides" in keys else (),
        sha256=file.sha256,
    )


def _read(path: Path, name: str) -> RuleFile:
    if path.suffix != ".toml":
        return strict_yaml.read(path, name, WHAT, may_be_empty=True)
    from policylint.packs import strict_toml  # most configurations are YAML, and tomllib takes a while to load

    try:
        data = path.read_bytes()
    except OSError as exc:
        raise RuleError(f"The {WHAT} cannot be read: {exc.strerror or exc}.", file=name) from None
    file = strict_toml.table(data, name, TABLE, hashlib.sha256(data).hexdigest())
    if file is None:
        raise RuleError(
            f"There is no table [{'.'.join(TABLE)}].", file=name, hint=f"Add it, or use a {TOML} that has it."
        )
    return file


def _values(reader: Reader, node: yaml.Node) -> dict[str, Given]:
    values, keys = {}, {}
    for key, value in reader.file.pairs(node, WHAT):
        if key.value in READ:
            origin = f"{reader.file.name}:{key.start_mark.line + 1}"
            values[key.value] = Given(READ[key.value](reader, value), origin)
            keys[key.value] = key
    chosen = [key for key in CHOICES if key in values]
    if len(chosen) > 1:
        raise reader.file.error(
            keys[chosen[1]],
            f"'{chosen[0]}' and '{chosen[1]}' are both given.",
            hint="Give one of packs, profile and state: each says by which packs a document is judged.",
        )
    return values


def _overrides(reader: Reader, node: yaml.Node) -> tuple[Override, ...]:
    found = []
    for item in reader.file.items(node, "overrides"):
        keys = reader.file.mapping(item, "an override", required=("paths",), optional=DOCUMENT_KEYS)
        paths = patterns(reader.file, keys.pop("paths"), "paths")
        if not keys:
            raise reader.file.error(
                item, "The override changes nothing.", hint=f"Known keys: {', '.join(DOCUMENT_KEYS)}."
            )
        found.append(Override(paths, _values(reader, item)))
    return tuple(found)
