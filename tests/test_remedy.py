"""Model language filled in."""

from __future__ import annotations

import pytest

from policylint.errors import RuleError
from policylint.remedy import DEFAULT_NAMES, render


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


def test_every_default_is_a_name() -> None:
    assert all(DEFAULT_NAMES.values())
