"""Model language filled in."""

from __future__ import annotations

import pytest

from policylint.errors import RuleError
from policylint.packs.load import library
from policylint.remedy import DEFAULT_NAMES, _compiled, _named, _tidy, render


def test_defaults_make_a_sentence() -> None:
    clause = "{{ agency }} shall pay {{ supporters }} for training.\n- and {{ coordinator }}  \n"
    wanted = "The Department shall pay peer supporters for training.\n- and the Peer Support Coordinator"
    assert render(clause) == wanted


def test_an_agency_can_use_its_own_names() -> None:
    assert render("A {{ supporter }} of {{ agency }}.", {"supporter": "buddy"}) == "A buddy of the Department."


def test_text_without_names_needs_no_template() -> None:
    assert render("  notes are not kept. ") == "Notes are not kept."


@pytest.mark.parametrize(
    "bad", ["{{ nobody }}", "{{ agency", "{% for %}", "{{ agency.__class__.__mro__ }}", "{{ 1 / 0 }}"]
)
def test_a_bad_template_is_a_rule_error(bad: str) -> None:
    with pytest.raises(RuleError, match="model language"):
        render(bad)


def test_names_are_filled_in_as_jinja2_does() -> None:
    templates = [r.model_language for pack in library().packs.values() for r in pack.requirements if r.model_language]
    made = {template: _named(template, DEFAULT_NAMES) for template in templates}
    assert all(made.values())
    assert {t: _tidy(_compiled(t).render(DEFAULT_NAMES)) for t in templates} == {t: _tidy(m) for t, m in made.items()}


@pytest.mark.parametrize(
    "more", ["{{agency}}", "{{ agency | upper }}", "{{ nobody }}", "{# a note #}", "{{ agency }}}", "{"]
)
def test_anything_else_is_left_to_jinja2(more: str) -> None:
    assert not _named(f"{{{{ supporter }}}} and {more}", DEFAULT_NAMES)


def test_every_default_is_a_name() -> None:
    assert all(DEFAULT_NAMES.values())
