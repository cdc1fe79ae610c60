"""`policylint draft`: a policy from model language, or the clauses that one lacks."""

from __future__ import annotations

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, finder_for
from policylint.errors import UsageError
from policylint.packs.kinds import AGENCY_KINDS

_NAMES = ("agency", "program", "team", "supporter", "supporters", "coordinator", "clinician")


@click.command()
@click.option("--profile", metavar="NAME|FILE", help="Whose requirements to write for. [default: national]")
@click.option("--state", metavar="XX", help="Write for this state's profile, such as WA.")
@click.option("--for", "policy", metavar="POLICY", help="Write only the clauses that this policy lacks.")
@click.option("--agency", metavar="NAME", help='What the agency is called ("the Harbor County Sheriff\'s Office").')
@click.option("--program", metavar="NAME", help="What the program is called.")
@click.option("--team", metavar="NAME", help="What the team is called.")
@click.option("--supporter", metavar="NAME", help='What one is called who gives support ("peer support team member").')
@click.option("--supporters", metavar="NAME", help='Several of them. [default: supporter and "s"]')
@click.option("--coordinator", metavar="NAME", help="Who coordinates the program.")
@click.option("--clinician", metavar="NAME", help="The mental health professional of the program.")
@click.option("--agency-kind", type=click.Choice(AGENCY_KINDS), help="What kind of agency it is.")
@click.option("--regional", is_flag=True, help="For a team of several agencies.")
@click.option("--output", metavar="PATH", help="Write to a file instead of stdout.")
@configuration_options
def draft(
    *,
    profile: str | None,
    state: str | None,
    policy: str | None,
    agency_kind: str | None,
    regional: bool,
    output: str | None,
    config: str | None,
    no_config: bool,
    **names: str | None,
) -> int:
    """Write a draft policy in Markdown, or the clauses that a policy lacks."""
    from policylint import api, runs
    from policylint import draft as drafts
    from policylint.asked import DEFAULT_PROFILE
    from policylint.packs.folders import rule_folders
    from policylint.packs.load import library
    from policylint.packs.named import profile_named

    called = {key: name for key in _NAMES if (name := names.get(key))}
    if names.get("supporter") and not names.get("supporters"):
        called["supporters"] = f"{names['supporter']}s"
    given = {"profile": profile, "state": state, "agency_kind": agency_kind}
    finder = finder_for(config, no_config=no_config, facts={"regional": "yes"} if regional else {}, **given)
    settings = finder.of_document(policy)
    loaded = library(rule_folders(settings.rules))
    chosen = runs.arguments(settings)
    if policy is None:
        if settings.packs:
            raise UsageError(
                "The configuration names packs, and a draft is written from a profile.",
                file=settings.file,
                hint="Give --profile, such as --profile national.",
            )
        name = chosen["profile"] or DEFAULT_PROFILE
        content = drafts.whole(loaded, profile_named(loaded, name), called, settings.all_facts)
    else:
        document = api.check_file(policy, **chosen, section=settings.section).documents[0]
        if document.status != "judged":
            console.error(f"{document.path}: not judged: {document.reason}")
            return 3
        content = drafts.lacking(document, loaded, called)
    if output is None:
        console.out(content)
    else:
        console.to_file(output, content)
    return 0
