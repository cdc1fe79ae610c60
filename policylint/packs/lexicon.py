"""The lexicon: every checks/lexicon/*.yaml, its references checked whatever file they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import yaml

from policylint.errors import RuleError
from policylint.packs import strict_yaml
from policylint.packs.models import Concept, Pattern, SameWords
from policylint.packs.patterns import parse_pattern
from policylint.packs.phrases import NotationError, Phrase, Ref, filled, is_plain, parse_phrase, references
from policylint.packs.strict_yaml import RuleFile, did_you_mean
from policylint.packs.vocabulary import Vocabulary

KINDS = ("person", "group")


_Phrases = tuple[tuple[RuleFile, yaml.Node, Phrase], ...]
"""Phrases as parsed, each with where it stands."""


@dataclass(frozen=True)
class _Words:
    """Ways to say a concept as written in one place: where it is defined, or where another file adds to it."""

    file: RuleFile
    node: yaml.ScalarNode
    phrase_nodes: yaml.Node | None
    but_not_nodes: yaml.Node | None


@dataclass(frozen=True)
class _Written:
    """A concept as written; its phrases are parsed when first asked for."""

    name: str
    words: tuple[_Words, ...]
    defined_by: tuple[yaml.Node, ...]
    kind: str
    implied: bool

    @property
    def file(self) -> RuleFile:
        """The file that defines it."""
        return self.words[0].file

    @property
    def node(self) -> yaml.ScalarNode:
        """Where it is defined."""
        return self.words[0].node

    @cached_property
    def phrases(self) -> _Phrases:
        """Every way to say it. Raises RuleError."""
        what = f"phrases of the concept '{self.name}'"
        return tuple(p for w in self.words for p in _phrases(w.file, w.phrase_nodes, what, at_least=1))

    @cached_property
    def but_not(self) -> _Phrases:
        """What looks the same and means something else. Raises RuleError."""
        what = f"but_not of the concept '{self.name}'"
        return tuple(p for w in self.words for p in _phrases(w.file, w.but_not_nodes, what))


ENGINE_NAMES = ("peer support", "other program", "other matter", "EAP")
"""Concepts beside persons and groups that the language layer asks for by name."""


def load_lexicon(paths: Iterable[tuple[Path, str]], *, everything: bool = True) -> Vocabulary:
    """Load lexicon files, given as (path, name to show). Raises RuleError.

    Without `everything` only persons, groups and what documents define are taken at once; of the rest each concept is
    read, and its phrases checked, when a pattern names it.
    """
    written: dict[str, _Written] = {}
    additions: list[_Words] = []
    same_words: list[SameWords] = []
    for path, name in paths:
        file = strict_yaml.read(path, name)
        concepts, added, same = _read(file)
        additions += added
        for entry in same:
            same_words.append(_same_words(file, entry, same_words))
        for concept in concepts:
            first = written.get(concept.name)
            if first is not None:
                where = f"{first.file.name}:{first.node.start_mark.line + 1}"
                raise concept.file.error(
                    concept.node,
                    f"The concept '{concept.name}' is defined twice, first in {where}.",
                    hint="Merge them.",
                )
            written[concept.name] = concept
    for words in additions:
        written[words.node.value] = _with(written, words)
    checked: dict[str, None] = {}

    def take(name: str) -> dict[str, Concept]:
        """A concept and all that its phrases name."""
        before = len(checked)
        _refuse_unknown_and_circles(written, name, checked)
        return {new: _concept(written[new]) for new in list(checked)[before:]}

    vocabulary = Vocabulary({}, tuple(written), take, tuple(same_words))
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


def _read(file: RuleFile) -> tuple[list[_Written], list[_Words], list[yaml.Node]]:
    """The concepts a file defines, what it adds to concepts of other files, and the words of which it says that they are the same."""
    top = file.mapping(file.root, "a lexicon file", optional=("concepts", "add", "same_words"))
    if not top:
        hint = "Add 'concepts:', 'add:' or 'same_words:'."
        raise file.error(file.root, "The lexicon file defines nothing.", hint=hint)
    same = file.items(top.pop("same_words"), "same_words", at_least=1) if "same_words" in top else []
    for key, node in top.items():
        file.mapping(node, key)  # refuses duplicates
    concepts = (
        [_read_concept(file, *pair) for pair in file.pairs(top["concepts"], "concepts")] if "concepts" in top else []
    )
    added = [_addition(file, *pair) for pair in file.pairs(top["add"], "add")] if "add" in top else []
    return concepts, added, same


def _same_words(file: RuleFile, node: yaml.Node, before: Iterable[SameWords]) -> SameWords:
    """An entry of same_words. Raises RuleError where a word stands in two: what is the same as what must be told in one place."""
    keys = file.mapping(node, "an entry of same_words", required=("words",), optional=("also",))
    words = file.strings(keys["words"], "words", at_least=1)
    also = file.strings(keys["also"], "also", at_least=1) if "also" in keys else ()
    if len(words) + len(also) < 2:
        raise file.error(node, "One word alone is the same as nothing.", hint="Add others to 'words' or 'also'.")
    nodes = [*file.items(keys["words"], "words"), *(file.items(keys["also"], "also") if "also" in keys else ())]
    for word, item in zip((*words, *also), nodes, strict=True):
        if not is_plain(word):
            raise file.error(item, f"'{word}' is a phrase with choices.", hint="Write each of the words out.")
        other = next((o for o in before if word in words and word in o.words), None)
        if other is not None:
            where = f"{other.file}:{other.line}"
            raise file.error(item, f"'{word}' is in another entry of same_words, {where}.", hint="Merge them.")
    return SameWords(words, also, file.name, node.start_mark.line + 1)


def _read_concept(file: RuleFile, key: yaml.ScalarNode, node: yaml.Node) -> _Written:
    name = key.value
    if " ".join(name.split()) != name or not name or not is_plain(name) or name[0] == "'":
        raise file.error(key, f"'{name}' cannot name a concept.", hint="Use words without braces, bars or quotes.")
    what = f"the concept '{name}'"
    keys = file.mapping(node, what, required=("phrases",), optional=("kind", "implied", "but_not", "defined_by"))
    return _Written(
        name=name,
        words=(_Words(file, key, keys["phrases"], keys.get("but_not")),),
        defined_by=tuple(file.items(keys["defined_by"], f"defined_by of {what}")) if "defined_by" in keys else (),
        kind=file.one_of(keys["kind"], f"kind of {what}", KINDS) if "kind" in keys else "",
        implied="implied" in keys and file.one_of(keys["implied"], f"implied of {what}", ("yes", "no")) == "yes",
    )


def _addition(file: RuleFile, key: yaml.ScalarNode, node: yaml.Node) -> _Words:
    keys = file.mapping(node, f"what is added to the concept '{key.value}'", optional=("phrases", "but_not"))
    if not keys:
        raise file.error(key, f"Nothing is added to the concept '{key.value}'.", hint="Add 'phrases' or 'but_not'.")
    return _Words(file, key, keys.get("phrases"), keys.get("but_not"))


def _with(written: Mapping[str, _Written], words: _Words) -> _Written:
    """A concept with what another file adds to it. Raises RuleError when there is none of that name."""
    name = words.node.value
    if name not in written:
        hint = did_you_mean(name, written) or "Define a new one under 'concepts:'."
        raise words.file.error(words.node, f"There is no concept '{name}' in the lexicon to add to.", hint=hint)
    return replace(written[name], words=(*written[name].words, words))


def _phrases(file: RuleFile, node: yaml.Node | None, what: str, at_least: int = 0) -> _Phrases:
    parsed: list[tuple[RuleFile, yaml.Node, Phrase]] = []
    for item in file.items(node, what, at_least=at_least) if node is not None else ():
        try:
            parsed.append((file, item, filled(parse_phrase(file.string(item, what)))))
        except NotationError as exc:
            raise at_node(file, item, exc) from exc
    return tuple(parsed)


def _concept(written: _Written) -> Concept:
    return Concept(
        name=written.name,
        phrases=tuple(phrase for _, _, phrase in written.phrases),
        kind=written.kind,
        implied=written.implied,
        but_not=tuple(phrase for _, _, phrase in written.but_not),
        file=written.file.name,
        line=written.node.start_mark.line + 1,
        includes=tuple(p[0].name for _, _, p in written.phrases if len(p) == 1 and isinstance(p[0], Ref)),
    )


def _refuse_unknown_and_circles(written: Mapping[str, _Written], name: str, checked: dict[str, None]) -> None:
    """Raise RuleError for a reference to a concept that is not there, or that leads back to itself; note what was seen."""

    def visit(name: str, above: tuple[str, ...]) -> None:
        concept = written[name]
        for file, node, phrase in (*concept.phrases, *concept.but_not):
            for ref in references(phrase):
                # what looks like a concept and is none may well name it
                error = _wrong_reference(ref, written, above if (file, node, phrase) in concept.phrases else ())
                if error is not None:
                    raise at_node(file, node, error)
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
