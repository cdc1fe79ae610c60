"""Sentence patterns: from the text in a rule to a compiled `Pattern` (the notation: docs/writing-rules.md)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from policylint.packs.models import Part, Pattern
from policylint.packs.phrases import Choice, NotationError, Ref, is_plain, parse_group
from policylint.packs.vocabulary import Vocabulary

SLOT_WORDS = ("must", "should", "may", "can")
"""Words that mark the force slot."""

SMALL_WORDS: frozenset[str] = frozenset().union(
    ("a", "an", "the", "and", "or", "and/or", "there"),
    ("of", "to", "by", "for", "in", "on", "at", "with", "from", "into", "onto", "upon", "about", "as", "than"),
    ("through", "toward", "towards", "under", "within", "during", "between", "over", "per", "via"),
    ("be", "is", "are", "was", "were", "been", "being", "am"),
    ("any", "each", "every", "all", "both", "who", "whom", "whose", "that", "which", "what"),
    ("their", "his", "her", "its", "our", "your", "my", "this", "these", "those", "such"),
    ("it", "they", "them", "he", "she", "him", "we", "us", "you", "i"),
)
"""Words a pattern may hold for readability; they are not asked for. Inside quotes and braces they count."""

# A slot in these words is nearly always a slip for "must"; quoted they are plain words.
_OTHER_FORCE = frozenset({"shall", "will", "ought", "might", "could", "would", "cannot"})
_DENIALS = frozenset({"not", "no"})
_OTHER_DENIALS = frozenset({"never", "neither", "nor", "none"})
_WORD = re.compile(r"\w[\w'\u2019&/.%-]*")
_QUOTED = re.compile(r"'(.+?)'(?=[\s\]},;:.]|$)")
_POSSESSIVE = re.compile(r"['\u2019]s?(?=[\s\],;:.]|$)")


@dataclass(slots=True)
class _Reading:
    """What has been read of a pattern so far."""

    parts: list[Part] = field(default_factory=list)
    slot: int | None = None
    slot_word: str = ""
    slot_at: int = 0
    slot_end: bool = False  # the slot was the token before: only here may "not" stand
    negated: bool = False
    negated_at: int = 0
    bracket: int | None = None  # offset of the open bracket
    bracket_parts: int = 0  # number of parts when it opened


def parse_pattern(text: str, vocabulary: Vocabulary, file: str = "", line: int = 0) -> Pattern:
    """Compile a pattern; inline choices and words become concepts of the vocabulary. Raises NotationError."""
    reading, here = _Reading(), 0
    while here < len(text):
        char = text[here]
        if char.isspace() or char in ",;:.":
            here += 1
        elif char == "{":
            here = _read_group(text, here, reading, vocabulary)
        elif char == "[":
            here = _open(here, reading)
        elif char == "]":
            here = _close(here, reading)
        elif char in "}|":
            raise _stray(char, here)
        elif char == "'":
            here = _read_quoted(text, here, reading, vocabulary)
        elif _WORD.match(char):
            here = _read_word(text, here, reading, vocabulary)
        else:
            raise NotationError(f"The sign '{char}' has no meaning in a pattern.", here, "Leave it out.")
    _finish(reading)
    return Pattern(text, tuple(reading.parts), reading.slot, reading.slot_word, reading.negated, file=file, line=line)


def signature(pattern: Pattern) -> tuple[object, ...]:
    """What a pattern asks for: equal for patterns that match the same statements.

    The order of parts on one side of the slot says nothing, nor do optional parts; the anchor stands by itself. With
    "be" after the slot the one named before it is who it is done to, not who does it.
    """
    before, anchor, after = _sides(pattern)
    return (
        pattern.slot_word,
        pattern.negated,
        _is_passive(pattern),
        anchor,
        tuple(sorted(before.items())),
        tuple(sorted(after.items())),
    )


def adds_nothing_to(more: Pattern, less: Pattern) -> bool:
    """Whether all that `less` asks for is asked for by `more` as well, so that `more` never matches alone."""
    if (more.slot_word, more.negated, _is_passive(more)) != (less.slot_word, less.negated, _is_passive(less)):
        return False
    before, anchor, after = _sides(more)
    less_before, less_anchor, less_after = _sides(less)
    return anchor == less_anchor and less_before <= before and less_after <= after


def _is_passive(pattern: Pattern) -> bool:
    """Whether "be" follows the slot."""
    return re.search(r"\b(must|should|may|can)( not)? be\b", pattern.text) is not None


def _sides(pattern: Pattern) -> tuple[Counter[str], str, Counter[str]]:
    """The required parts before the slot, the anchor, and the required parts after it (all, without a slot)."""
    asked = [(index, part.concept) for index, part in enumerate(pattern.parts) if not part.optional]
    slot = pattern.slot
    if slot is None:
        return Counter(), "", Counter(concept for _, concept in asked)
    before = Counter(concept for index, concept in asked if index < slot)
    after = Counter(concept for index, concept in asked if index > slot)
    return before, pattern.parts[slot].concept, after


def _read_group(text: str, here: int, reading: _Reading, vocabulary: Vocabulary) -> int:
    piece, end = parse_group(text, here)
    _refuse_quotes(piece)
    _add(reading, vocabulary.group(piece))
    possessive = _POSSESSIVE.match(text, end)
    if possessive:
        return possessive.end()
    if _WORD.match(text, end):
        raise _glued(end)
    return end


def _glued(at: int) -> NotationError:
    return NotationError("A word is glued to braces.", at, "Put a space between; a concept matches in any inflection.")


def _refuse_quotes(piece: Ref | Choice) -> None:
    for alternative in piece.alternatives if isinstance(piece, Choice) else ():
        for words in alternative:
            if isinstance(words, str) and words.strip().startswith("'"):
                raise NotationError(
                    "A quoted phrase stands inside braces.", piece.at, "Drop the quotes: alternatives are phrases."
                )


def _read_quoted(text: str, here: int, reading: _Reading, vocabulary: Vocabulary) -> int:
    quoted = _QUOTED.match(text, here)
    if quoted is None or not quoted.group(1).strip():
        raise NotationError("This quoted phrase is never closed or empty.", here, "Write 'the words kept together'.")
    if not is_plain(quoted.group(1)):
        raise NotationError(
            "Braces and brackets have no meaning inside quotes.",
            here,
            "Write a choice of phrases: {good standing|fit}.",
        )
    _add(reading, vocabulary.words(quoted.group(1)))
    return quoted.end()


def _read_word(text: str, here: int, reading: _Reading, vocabulary: Vocabulary) -> int:
    found = _WORD.match(text, here)
    assert found is not None
    if text[found.end() : found.end() + 1] == "{":
        raise _glued(here)
    word = found.group().rstrip(".'\u2019/&-")
    plain = word.casefold()
    if plain in SLOT_WORDS:
        _set_slot(plain, here, reading)
    elif plain in _DENIALS:
        _deny(plain, here, reading)
    elif plain in _OTHER_FORCE:
        raise NotationError(f"'{word}' is no slot word.", here, f"Write must for any force, or quote it: '{word}'.")
    elif plain in _OTHER_DENIALS:
        raise NotationError(f"'{word}' is not how a pattern denies.", here, f"Write 'must not', or quote it: '{word}'.")
    elif plain not in SMALL_WORDS:
        _add(reading, vocabulary.words(word))
    else:
        reading.slot_end = False
    return found.end()


def _add(reading: _Reading, concept: str) -> None:
    reading.parts.append(Part(concept, optional=reading.bracket is not None))
    reading.slot_end = False


def _set_slot(word: str, here: int, reading: _Reading) -> None:
    if reading.slot is not None:
        raise NotationError("The pattern has two force slots.", here, f"Keep one, or quote the word: '{word}'.")
    if reading.bracket is not None:
        raise NotationError("The force slot cannot be optional.", here, "Move it out of the brackets.")
    reading.slot, reading.slot_word, reading.slot_at = len(reading.parts), word, here
    reading.slot_end = True


def _deny(word: str, here: int, reading: _Reading) -> None:
    if reading.negated:
        raise NotationError("The pattern is denied twice.", here, "Keep one 'not', or quote the word.")
    at_start = not reading.parts and reading.slot is None and reading.bracket is None
    if not (at_start or (word == "not" and reading.slot_end)):
        raise NotationError(
            f"'{word}' may stand right after the slot or at the start only.",
            here,
            f"Write 'must not', or quote the word: '{word}'.",
        )
    reading.negated, reading.negated_at, reading.slot_end = True, here, False


def _open(here: int, reading: _Reading) -> int:
    if reading.bracket is not None:
        raise NotationError("Brackets stand inside brackets.", here, "Close the first '[' before.")
    reading.bracket, reading.bracket_parts = here, len(reading.parts)
    reading.slot_end = False
    return here + 1


def _close(here: int, reading: _Reading) -> int:
    if reading.bracket is None:
        raise _stray("]", here)
    if len(reading.parts) == reading.bracket_parts:
        raise NotationError("Nothing in these brackets could be found.", reading.bracket, "Add a word or {concept}.")
    reading.bracket = None
    return here + 1


def _stray(char: str, here: int) -> NotationError:
    if char == "|":
        return NotationError("A '|' stands outside braces.", here, "Write {one|other}.")
    return NotationError(f"This '{char}' closes nothing.", here, "Remove it, or add what opens it.")


def _finish(reading: _Reading) -> None:
    if reading.bracket is not None:
        raise NotationError("This '[' is never closed.", reading.bracket, "Add the matching ']'.")
    if all(part.optional for part in reading.parts):
        raise NotationError("The pattern asks for nothing.", 0, "Add a word or {concept} outside brackets.")
    if reading.slot is None:
        if reading.negated:
            raise NotationError("'not' needs a force slot.", reading.negated_at, "Write must not, or quote 'not'.")
        return
    if reading.slot == len(reading.parts):
        raise NotationError("Nothing stands after the force slot.", reading.slot_at, "Add the verb it belongs to.")
    if reading.parts[reading.slot].optional:
        raise NotationError(
            "The part after the force slot is its anchor and cannot be optional.",
            reading.slot_at,
            "Put the verb right after the slot, and the brackets behind it.",
        )
