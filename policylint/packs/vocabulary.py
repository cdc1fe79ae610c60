"""The concepts known while rules load: those of the lexicon, and those made of inline choices and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policylint.packs.models import Concept, SameWords
from policylint.packs.phrases import Choice, NotationError, Phrase, Ref, filled, references, source
from policylint.packs.strict_yaml import did_you_mean


class Vocabulary:
    """Named concepts by name; patterns add generated ones to it while they are parsed.

    A generated concept is named by its normalised source: `{keep|maintain}` for a choice, `'good standing'` for words.
    """

    def __init__(
        self,
        lexicon: Mapping[str, Concept],
        written: tuple[str, ...] = (),
        take: Callable[[str], Mapping[str, Concept]] | None = None,
        same_words: tuple[SameWords, ...] = (),
    ) -> None:
        """Begin with some concepts; those of the names `written` are taken from the lexicon when first asked for."""
        self.concepts, self.same_words = dict(lexicon), same_words
        self._written, self._take = dict.fromkeys(written), take

    def in_order(self) -> dict[str, Concept]:
        """The concepts taken so far: the lexicon's in its order, then the generated ones in theirs."""
        named = {name: self.concepts[name] for name in self._written if name in self.concepts}
        return named | {name: concept for name, concept in self.concepts.items() if name not in named}

    def named(self, ref: Ref) -> Concept:
        """The lexicon concept a reference names. Raises NotationError when there is none."""
        if ref.name not in self.concepts and ref.name in self._written and self._take is not None:
            for name, concept in self._take(ref.name).items():
                self.concepts.setdefault(name, concept)
        if ref.name not in self.concepts:
            known = (*self._written, *(name for name in self.concepts if name[0] not in "{'"))
            hint = did_you_mean(ref.name, known)
            raise NotationError(
                f"There is no concept '{ref.name}' in the lexicon.",
                ref.at,
                hint or "Add it to checks/lexicon, or write the words without braces.",
            )
        return self.concepts[ref.name]

    def words(self, text: str) -> str:
        """The name of the generated concept for a word, or for words kept together, which stand for no others that say the same."""
        folded = " ".join(text.split())
        return self._add(Concept(f"'{folded}'", ((folded,),), exact=" " in folded))

    def group(self, piece: Ref | Choice) -> str:
        """The name of the concept for {name} or {a|b}. Raises NotationError."""
        if isinstance(piece, Ref):
            return self.named(piece).name
        if () in piece.alternatives:
            raise NotationError("This choice has an empty alternative.", piece.at, "Write an optional part as [{...}].")
        return self._generate(source((piece,)), (piece,), piece.alternatives)

    def phrase(self, phrase: Phrase) -> str:
        """The name of the concept for a whole phrase (an entry of ignore_with). Raises NotationError."""
        if len(phrase) == 1 and isinstance(phrase[0], (Ref, Choice)):
            return self.group(phrase[0])
        return self._generate(f"'[{source(phrase)}]'", phrase, ())

    def _generate(self, name: str, phrase: Phrase, alternatives: tuple[Phrase, ...]) -> str:
        if name in self.concepts:
            return name
        whole = [a for a in alternatives if len(a) == 1 and isinstance(a[0], Ref)]
        members = [self.named(a[0]) for a in whole if isinstance(a[0], Ref)]
        # a concept that stands in the choice as a whole is kept by name: what a document adds to it belongs here, too
        phrases = tuple(a for a in alternatives if a not in whole) if alternatives else (phrase,)
        for spelt in phrases:
            for ref in references(filled(spelt)):
                self.named(ref)
        kinds = {member.kind for member in members}
        # A choice of persons is a person, so that it can be the doer.
        kind = "" if not kinds or "" in kinds else "person" if "person" in kinds else "group"
        but_not = tuple(dict.fromkeys(p for member in members for p in member.but_not))
        implied = any(member.implied for member in members)
        return self._add(
            Concept(name, phrases, kind, but_not, includes=tuple(m.name for m in members), implied=implied)
        )

    def _add(self, concept: Concept) -> str:
        self.concepts.setdefault(concept.name, concept)
        return concept.name
