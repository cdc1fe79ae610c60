"""Sentence patterns: what each construct compiles to, what is refused and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.packs.models import Concept, Pattern
from policylint.packs.patterns import SLOT_WORDS, adds_nothing_to, parse_pattern, signature
from policylint.packs.phrases import NotationError
from policylint.packs.vocabulary import Vocabulary

LEXICON = {
    "helper": Concept("helper", (("helper",), ("team member",)), "person", but_not=(("helper app",),)),
    "boss": Concept("boss", (("boss",), ("captain",)), "person"),
    "crew": Concept("crew", (("crew",),), "group"),
    "keep": Concept("keep", (("keep",), ("write down",))),
    "case note": Concept("case note", (("note",), ("log",))),
}


def parse(text: str) -> Pattern:
    return parse_pattern(text, Vocabulary(LEXICON), "rule.yaml", 3)


def parts_of(pattern: Pattern) -> list[str]:
    return [f"[{p.concept}]" if p.optional else p.concept for p in pattern.parts]


@pytest.mark.parametrize(
    "text, parts, slot, slot_word, negated",
    [
        ("{helper} must not {keep} {case note}", ["helper", "keep", "case note"], 1, "must", True),
        ("no {case note} of the {helper} must be {keep}", ["case note", "helper", "keep"], 2, "must", True),
        ("No {case note} should be kept.", ["case note", "'kept'"], 1, "should", True),
        ("{case note} [of {helper}] must not be {keep}", ["case note", "[helper]", "keep"], 2, "must", True),
        ("must {keep} {case note}", ["keep", "case note"], 0, "must", False),
        ("{boss} may {remove|drop} {helper}", ["boss", "{remove|drop}", "helper"], 1, "may", False),
        ("{helper} can 'say no'", ["helper", "'say no'"], 1, "can", False),
        ("{helper} must be 'in good standing'", ["helper", "'in good standing'"], 1, "must", False),
        ("{case note}", ["case note"], None, "", False),
        ("union", ["'union'"], None, "", False),
        ("{helper} {keep} 'must not'", ["helper", "keep", "'must not'"], None, "", False),
        ("{helper}'s {boss} must {keep}", ["helper", "boss", "keep"], 2, "must", False),
        ("members' notes, 24-hour", ["'members'", "'notes'", "'24-hour'"], None, "", False),
        ("{{boss}|{helper}} must act", ["{{boss}|{helper}}", "'act'"], 1, "must", False),
        ("{ keep |  put  away } x", ["{keep|put away}", "'x'"], None, "", False),
        ("[new {helper} soon] must act", ["['new']", "[helper]", "['soon']", "'act'"], 3, "must", False),
        ("{helper} must [gladly] act", None, None, "", False),
    ],
)
def test_patterns(text: str, parts: list[str] | None, slot: int | None, slot_word: str, negated: bool) -> None:
    if parts is None:
        with pytest.raises(NotationError, match="anchor and cannot be optional"):
            parse(text)
        return
    pattern = parse(text)
    assert parts_of(pattern) == parts
    assert (pattern.slot, pattern.slot_word, pattern.negated) == (slot, slot_word, negated)
    assert (pattern.text, pattern.file, pattern.line) == (text, "rule.yaml", 3)


@pytest.mark.parametrize(
    "text, at, says",
    [
        ("{helper must act", "{", "never closed"),
        ("{helper} must act}", "}", "closes nothing"),
        ("[{helper} must act", "[", "cannot be optional"),
        ("[{helper} act", "[", "never closed"),
        ("{helper} must act]", "]", "closes nothing"),
        ("{helper}|{boss} must act", "|", "outside braces"),
        ("{} must act", "{}", "choice is empty"),
        ("{|} must act", "{|}", "choice is empty"),
        ("{a|} must act", "{a|}", "empty alternative"),
        ("{healer} must act", "{healer}", "no concept 'healer'"),
        ("{{healer}|x} must act", "{healer}", "no concept 'healer'"),
        ("{helper} must act or should rest", "should", "two force slots"),
        ("{helper} not act", "not", "right after the slot"),
        ("{helper} must act not", "not", "right after the slot"),
        ("{helper} must be not idle", "not", "right after the slot"),
        ("{helper} must no act", "no", "right after the slot"),
        ("no {helper} must not act", "not", "denied twice"),
        ("not {helper}", "not", "needs a force slot"),
        ("{helper} must", "must", "Nothing stands after"),
        ("{helper} must not be", "must", "Nothing stands after"),
        ("{helper} shall act", "shall", "no slot word"),
        ("{helper} must never act", "never", "not how a pattern denies"),
        ("[{helper}] [{boss}]", "[{helper}]", "asks for nothing"),
        ("of the", "of", "asks for nothing"),
        ("", "", "asks for nothing"),
        ("{helper} [of the] must act", "[of", "Nothing in these brackets"),
        ("[{helper} [x]] act", "[x", "inside brackets"),
        ("{helper} must 'act", "'act", "never closed or empty"),
        ("{helper} must ''", "''", "never closed or empty"),
        ("{helper} must 'be {keep}'", "'be", "no meaning inside quotes"),
        ("{helper} must {'in fact'|now}", "{'in", "stands inside braces"),
        ("{helper}s must act", "s must", "glued to braces"),
        ("co{helper} must act", "co{", "glued to braces"),
        ("{helper} (all) must act", "(all", "no meaning in a pattern"),
    ],
)
def test_errors_point_into_the_pattern(text: str, at: str, says: str) -> None:
    with pytest.raises(NotationError, match=says) as caught:
        parse(text)
    if says != "cannot be optional":
        assert caught.value.offset == text.rindex(at)
    assert caught.value.message.endswith(".")
    assert caught.value.hint


def test_unknown_concept_suggests_the_known_one() -> None:
    with pytest.raises(NotationError) as caught:
        parse("{helpers} must act")
    assert caught.value.hint == "Did you mean 'helper'?"


def test_generated_concepts_are_shared_by_their_normalised_text() -> None:
    vocabulary = Vocabulary(LEXICON)
    first = parse_pattern("{put away|store} 'the  file' file", vocabulary)
    second = parse_pattern("file 'the file' { put  away | store }", vocabulary)
    assert [p.concept for p in first.parts] == [p.concept for p in second.parts[::-1]]
    assert set(vocabulary.concepts) - set(LEXICON) == {"{put away|store}", "'the file'", "'file'"}
    assert vocabulary.concepts["{put away|store}"].phrases == (("put away",), ("store",))


def test_a_choice_of_concepts_keeps_what_they_are() -> None:
    vocabulary = Vocabulary(LEXICON)
    parse_pattern("{{helper}|{crew}|chair} must {{keep}|{boss}}", vocabulary)
    persons = vocabulary.concepts["{{helper}|{crew}|chair}"]
    assert persons.phrases == (("chair",),)  # those of the concepts it includes are theirs
    assert (persons.kind, persons.but_not, persons.includes) == (
        "person",
        LEXICON["helper"].but_not,
        ("helper", "crew"),
    )
    mixed = vocabulary.concepts["{{keep}|{boss}}"]
    assert (mixed.kind, mixed.includes) == ("", ("keep", "boss"))


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("{helper} must {keep} {case note}", "the {helper} must {keep} any {case note} [soon]", True),
        ("{helper} {boss} must {keep} now here", "{boss} {helper} must {keep} here now", True),
        ("ride home", "home ride", True),
        ("{helper} must {keep} {case note}", "{helper} must not {keep} {case note}", False),
        ("{helper} must {keep} {case note}", "{helper} should {keep} {case note}", False),
        ("{helper} must ask {boss}", "{boss} must ask {helper}", False),
        ("{helper} must {keep} note", "{helper} must note {keep}", False),
        ("home home", "home", False),
    ],
)
def test_signature(one: str, other: str, same: bool) -> None:
    vocabulary = Vocabulary(LEXICON)
    assert (signature(parse_pattern(one, vocabulary)) == signature(parse_pattern(other, vocabulary))) is same


@pytest.mark.parametrize(
    "more, less, dead",
    [
        ("{helper} must {keep} {case note} safe", "{helper} must {keep} {case note}", True),
        ("{helper} must {keep}", "must {keep}", True),
        ("now home", "home", True),
        ("{helper} must {keep} [home]", "{helper} must {keep}", True),
        ("{helper} must {keep}", "{helper} must {keep} home", False),
        ("{helper} must ask {keep}", "{helper} must {keep}", False),
        ("{helper} must not {keep} home", "{helper} must {keep}", False),
        ("{helper} may {keep} home", "{helper} must {keep}", False),
        ("{helper} must {keep}", "{helper} {keep}", False),
    ],
)
def test_dead_patterns(more: str, less: str, dead: bool) -> None:
    vocabulary = Vocabulary(LEXICON)
    assert adds_nothing_to(parse_pattern(more, vocabulary), parse_pattern(less, vocabulary)) is dead


names = st.sampled_from(
    [*LEXICON, "{keep|put away}", "{{boss}|{helper}}", "{{keep}|jot}", "'roster'", "'in good standing'"]
)


@st.composite
def pattern_shapes(draw: st.DrawFn) -> tuple[list[tuple[str, bool]], int | None, str, bool]:
    shape = draw(st.lists(st.tuples(names, st.booleans()), min_size=1, max_size=6))
    slot = draw(st.none() | st.integers(0, len(shape) - 1))
    required = draw(st.integers(0, len(shape) - 1)) if slot is None else slot
    shape[required] = (shape[required][0], False)
    if slot is None:
        return shape, None, "", False
    return shape, slot, draw(st.sampled_from(SLOT_WORDS)), draw(st.booleans())


def printed(shape: list[tuple[str, bool]], slot: int | None, slot_word: str, negated: bool) -> str:
    words = []
    for index, (name, optional) in enumerate(shape):
        if index == slot:
            words.append(f"{slot_word} not" if negated else slot_word)
        part = name if name[0] in "{'" else "{" + name + "}"
        words.append(f"[{part}]" if optional else part)
    return " ".join(words)


@given(pattern_shapes())
def test_a_printed_pattern_parses_to_the_same_parts(
    shape: tuple[list[tuple[str, bool]], int | None, str, bool],
) -> None:
    pattern = parse(printed(*shape))
    assert [(p.concept, p.optional) for p in pattern.parts] == shape[0]
    assert (pattern.slot, pattern.slot_word, pattern.negated) == shape[1:]


def pattern_or_error(text: str) -> Pattern | NotationError:
    try:
        return parse(text)
    except NotationError as exc:
        return exc


@given(st.text("ab {}[]|'.,not must", max_size=40))
def test_any_text_parses_or_gives_a_sentence_with_a_place(text: str) -> None:
    pattern = pattern_or_error(text)
    if isinstance(pattern, NotationError):
        assert pattern.message.endswith(".")
        assert 0 <= pattern.offset <= len(text)
    else:
        assert any(not part.optional for part in pattern.parts)
        assert pattern.slot is None or not pattern.parts[pattern.slot].optional
