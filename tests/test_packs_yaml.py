"""Strict YAML: what is refused, and where the error points."""

from pathlib import Path

import pytest

from policylint.errors import RuleError
from policylint.packs import strict_yaml


def caret_at(error: RuleError, line: str) -> str:
    """What stands from the caret on in the excerpt's line."""
    assert error.excerpt is not None
    shown, caret = error.excerpt.split("\n")
    assert shown.strip() == line.strip()
    return shown[caret.index("^") :]


def read_keys(text: str) -> None:
    file = strict_yaml.parse(text, "rule.yaml")
    file.mapping(file.root, "the file", optional=("a", "b", "limits"))


@pytest.mark.parametrize(
    "text, line, says, at",
    [
        ("a: [x\nb: 2\n", 2, "flow sequence that begins in line 1", ": 2"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice", "a: 3"),
        ("a: &x 1\n", 1, "Anchors and aliases", "&x 1"),
        ("b: 1\na: *x\n", 2, "Anchors and aliases", "*x"),
        ("a: !!int 1\n", 1, "A tag is not allowed", "!!int 1"),
        ("a: 1\n<<: {}\n", 2, "Unknown key '<<'", "<<: {}"),
        ("a: 1\nlimit: x\n", 2, "Unknown key 'limit'", "limit: x"),
        ("a: b: c\n", 1, "mapping values", ": c"),
        ("é: 'é' x\n", 1, "not valid YAML", "x"),
        ("a: 1\n---\na: 2\n", 2, "single document", "---"),
        ("- a\n", 1, "keys and values at the top, not a list", "- a"),
        ("? [a]\n: b\n", 1, "plain word, not a list", "[a]"),
    ],
)
def test_errors_show_line_and_caret(text: str, line: int, says: str, at: str) -> None:
    with pytest.raises(RuleError) as caught:
        read_keys(text)
    assert (caught.value.file, caught.value.line) == ("rule.yaml", line)
    assert says in caught.value.message
    assert caret_at(caught.value, text.split("\n")[line - 1]) == at


def test_unknown_key_suggests_the_known_one() -> None:
    file = strict_yaml.parse("limit: x", "rule.yaml")
    with pytest.raises(RuleError, match="Did you mean 'limits'") as caught:
        file.mapping(file.root, "a check", optional=("limits", "title"))
    assert caught.value.hint == "Did you mean 'limits'?"


def test_missing_key_is_named() -> None:
    file = strict_yaml.parse("id: x", "rule.yaml")
    with pytest.raises(RuleError, match="'title' is missing in a check"):
        file.mapping(file.root, "a check", required=("id", "title"))


@pytest.mark.parametrize("written", ["no", "on", "yes", "1.0", "2024-01-02", "null", "~", "0x10", "1_000"])
def test_every_scalar_is_a_string(written: str) -> None:
    file = strict_yaml.parse(f"a: {written}", "rule.yaml")
    assert file.string(file.mapping(file.root, "the file")["a"], "a") == written


def test_signs_inside_quotes_are_text() -> None:
    file = strict_yaml.parse("a: 'R&D *now* !important'", "rule.yaml")
    assert file.string(file.mapping(file.root, "the file")["a"], "a") == "R&D *now* !important"


@pytest.mark.parametrize(
    "text, read, says",
    [
        ("a: [x]", "string", "Text is expected for it, not a list"),
        ("a: {x: y}", "string", "not a mapping"),
        ("a: ''", "string", "The text of it is empty"),
        ("a:", "string", "The text of it is empty"),
        ("a: x", "items", "A list is expected for it, not 'x'"),
        ("a:", "items", "not nothing"),
        ("a: x", "mapping", "A mapping (key: value) is expected for it"),
    ],
)
def test_wrong_types(text: str, read: str, says: str) -> None:
    file = strict_yaml.parse(text, "rule.yaml")
    node = file.mapping(file.root, "the file")["a"]
    with pytest.raises(RuleError) as caught:
        getattr(file, read)(node, "it")
    assert says in caught.value.message
    assert caught.value.line == 1


def test_a_value_outside_its_list_is_refused() -> None:
    file = strict_yaml.parse("force: shall", "rule.yaml")
    with pytest.raises(RuleError, match="'shall' is not a known value of force") as caught:
        file.one_of(file.mapping(file.root, "the file")["force"], "force", ("may", "should", "must"))
    assert caught.value.hint == "Use one of: may, should, must."


@pytest.mark.parametrize(
    "text, at",
    [
        ("a: keep {x} now", "{x} now"),
        ("a: 'keep {x} now'", "{x} now'"),
        ('a: "keep {x} now"', '{x} now"'),
        ("a: ['x', 'keep {x}']", "{x}']"),
    ],
)
def test_caret_inside_a_scalar(text: str, at: str) -> None:
    file = strict_yaml.parse(text, "rule.yaml")
    node = file.mapping(file.root, "the file")["a"]
    if text.startswith("a: ["):
        node = file.items(node, "a")[1]
    assert caret_at(file.error(node, "wrong", offset=5), text) == at


def test_caret_inside_a_folded_scalar_points_into_its_value() -> None:
    file = strict_yaml.parse("a: >\n  keep\n  {x} now\n", "rule.yaml")
    error = file.error(file.mapping(file.root, "the file")["a"], "wrong", offset=5)
    assert error.excerpt == "  keep {x} now\n       ^"


def test_caret_stays_in_view_on_a_long_line() -> None:
    text = "a: '" + "word " * 200 + "{x}'"
    file = strict_yaml.parse(text, "rule.yaml")
    error = file.error(file.mapping(file.root, "the file")["a"], "wrong", offset=1000)
    assert error.excerpt is not None
    shown, caret = error.excerpt.split("\n")
    assert shown[caret.index("^") :] == "{x}'"
    assert len(shown) < 120


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        strict_yaml.read(tmp_path / "none.yaml", "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(RuleError, match="not UTF-8") as caught:
        strict_yaml.read(tmp_path / "latin.yaml", "latin.yaml")
    assert caught.value.line == 2
    (tmp_path / "empty.yaml").write_text("# nothing\n")
    with pytest.raises(RuleError, match="is empty"):
        strict_yaml.read(tmp_path / "empty.yaml", "empty.yaml")
    (tmp_path / "control.yaml").write_bytes(b"a: \x01\n")
    with pytest.raises(RuleError, match="not valid YAML"):
        strict_yaml.read(tmp_path / "control.yaml", "control.yaml")


def test_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    file = strict_yaml.read(tmp_path / "bom.yaml", "bom.yaml")
    assert list(file.mapping(file.root, "the file")) == ["a", "b"]
    assert file.lines[1] == "b: 2"
