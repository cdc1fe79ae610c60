"""The lexicon: every checks/lexicon/*.yaml, its references checked whatever file they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import yaml

from policylint.errors import RuleError
from policylint.packs import strict_yaml
from policylint.packs.models import Concept, Pattern
from policylint.packs.patterns import parse_pattern
from policylint.packs.phrases import NotationError, Phrase, Ref, filled, parse_phrase, references
from policylint.packs.strict_yaml import RuleFile, did_you_mean
from policylint.packs.vocabulary import Vocabulary

KINDS = ("person", "group")


@dataclass(frozen=True)
class _Written:
    """A concept as written; its phrases, with the node each came from, are parsed when first asked for."""

    name: str
    file: RuleFile
    node: yaml.ScalarNode
    phrase_nodes: yaml.Node
    but_not_nodes: yaml.Node | None
    defined_by: tuple[yaml.Node, ...]
    kind: str
    implied: bool

    @cached_property
    def phrases(self) -> tuple[tuple[yaml.Node, Phrase], ...]:
        """Every way to say it. Raises RuleError."""
        return _phrases(self.file, self.phrase_nodes, f"phrases of the concept '{self.name}'", at_least=1)

    @cached_property
    def but_not(self) -> tuple[tuple[yaml.Node, Phrase], ...]:
        """What looks the same and means something else. Raises RuleError."""
        if self.but_not_nodes is None:
            return ()
        return _phrases(self.file, self.but_not_nodes, f"but_not of the concept '{self.name}'")


ENGINE_NAMES = ("peer support", "other program", "EAP")
"""Concepts beside persons and groups that the language layer asks for by name."""


def load_lexicon(paths: Iterable[tuple[Path, str]], *, everything: bool = True) -> Vocabulary:
    """Load lexicon files, given as (path, name to show). Raises RuleError.

    Without `everything` only persons, groups and what documents define are taken at once; of the rest each concept is
    read, and its phrases checked, when a pattern names it.
    """
    written: dict[str, _Written] = {}
    for path, name in paths:
        for concept in _read(strict_yaml.read(path, name)):
            first = written.get(concept.name)
            if first is not None:
                where = f"{first.file.name}:{first.node.start_mark.line + 1}"
                raise concept.file.error(
                    concept.node,
                    f"The concept '{concept.name}' is defined twice, first in {where}.",
                    hint="Merge them.",
                )
            written[concept.name] = concept
    checked: dict[str, None] = {}

    def take(name: str) -> dict[str, Concept]:
        """A concept and all that its phrases name."""
        before = len(checked)
        _refuse_unknown_and_circles(written, name, checked)
        return {new: _concept(written[new]) for new in list(checked)[before:]}

    vocabulary = Vocabulary({}, tuple(written), take)
    for concept in written.values():
        if everything or concept.kind or concept.defined_by or concept.name in ENGINE_NAMES:
            vocabulary.named(Ref(concept.name, 0))
    for concept in written.values():
        if concept.defined_by:
            patterns = tuple(compile_pattern(concept.file, node, vocabulary) for node in concept.defined_by)
            vocabulary.concepts[concept.name] = replace(vocabulary.concepts[concept.name], defined_by=patterns)
    return vocabulary


def compile_pattern(file: RuleFile, node: yaml.Node, vocabulary: Vocabulary) -> Pattern:
    """Compile the pattern a node holds. Raises RuleError with the caret inside the pattern."""
    text = file.string(node, "a pattern")
    try:
        return parse_pattern(text, vocabulary, file.name, node.start_mark.line + 1)
    except NotationError as exc:
        raise at_node(file, node, exc) from exc


def stoppers(file: RuleFile, node: yaml.Node, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The concepts or phrases listed under ignore_with and the like, by name. Raises RuleError."""
    names: list[str] = []
    for item in file.items(node, key):
        try:
            names.append(vocabulary.phrase(parse_phrase(file.string(item, key))))
        except NotationError as exc:
            raise at_node(file, item, exc) from exc
    return tuple(names)


def at_node(file: RuleFile, node: yaml.Node, exc: NotationError) -> RuleError:
    """The RuleError for a notation error in the text a node holds."""
    return file.error(node, exc.message, hint=exc.hint, offset=exc.offset)


def _read(file: RuleFile) -> list[_Written]:
    top = file.mapping(file.root, "a lexicon file", required=("concepts",), optional=())
    file.mapping(top["concepts"], "concepts")
    return [_read_concept(file, key, node) for key, node in file.pairs(top["concepts"], "concepts")]


def _read_concept(file: RuleFile, key: yaml.ScalarNode, node: yaml.Node) -> _Written:
    name = key.value
    if " ".join(name.split()) != name or not name or any(char in "{}[]|" for char in name) or name[0] == "'":
        raise file.error(key, f"'{name}' cannot name a concept.", hint="Use words without braces, bars or quotes.")
    what = f"the concept '{name}'"
    keys = file.mapping(node, what, required=("phrases",), optional=("kind", "implied", "but_not", "defined_by"))
    return _Written(
        name=name,
        file=file,
        node=key,
        phrase_nodes=keys["phrases"],
        but_not_nodes=keys.get("but_not"),
        defined_by=tuple(file.items(keys["defined_by"], f"defined_by of {what}")) if "defined_by" in keys else (),
        kind=file.one_of(keys["kind"], f"kind of {what}", KINDS) if "kind" in keys else "",
        implied="implied" in keys and file.one_of(keys["implied"], f"implied of {what}", ("yes", "no")) == "yes",
    )


def _phrases(file: RuleFile, node: yaml.Node, what: str, at_least: int = 0) -> tuple[tuple[yaml.Node, Phrase], ...]:
    parsed: list[tuple[yaml.Node, Phrase]] = []
    for item in file.items(node, what, at_least=at_least):
        try:
            parsed.append((item, filled(parse_phrase(file.string(item, what)))))
        except NotationError as exc:
            raise at_node(file, item, exc) from exc
    return tuple(parsed)


def _concept(written: _Written) -> Concept:
    return Concept(
        name=written.name,
        phrases=tuple(phrase for _, phrase in written.phrases),
        kind=written.kind,
        implied=written.implied,
        but_not=tuple(phrase for _, phrase in written.but_not),
        file=written.file.name,
        line=written.node.start_mark.line + 1,
        includes=tuple(p[0].name for _, p in written.phrases if len(p) == 1 and isinstance(p[0], Ref)),
    )


def _refuse_unknown_and_circles(written: Mapping[str, _Written], name: str, checked: dict[str, None]) -> None:
    """Raise RuleError for a reference to a concept that is not there, or that leads back to itself; note what was seen."""

    def visit(name: str, above: tuple[str, ...]) -> None:
        concept = written[name]
        for node, phrase in (*concept.phrases, *concept.but_not):
            for ref in references(phrase):
                # what looks like a concept and is none may well name it
                error = _wrong_reference(ref, written, above if (node, phrase) in concept.phrases else ())
                if error is not None:
                    raise at_node(concept.file, node, error)
                if ref.name not in checked and ref.name not in above:
                    visit(ref.name, (*above, ref.name))
        checked[name] = None

    if name not in checked:
        visit(name, (name,))


def _wrong_reference(ref: Ref, written: Mapping[str, _Written], above: tuple[str, ...]) -> NotationError | None:
    if ref.name not in written:
        hint = did_you_mean(ref.name, written) or "Define it in checks/lexicon, or write plain words."
        return NotationError(f"There is no concept '{ref.name}' in the lexicon.", ref.at, hint)
    if ref.name in above:
        circle = " > ".join([*above[above.index(ref.name) :], ref.name])
        return NotationError(f"Concepts refer to each other in a circle: {circle}.", ref.at, "Break the circle.")
    return None
