"""`policylint annotate POLICY.docx -o reviewed.docx`: the agency's own Word file back, with comments at the passages."""

from __future__ import annotations

import click

from policylint.cli import console
from policylint.cli.check import refuse_overwriting, say_what_was_not_judged
from policylint.cli.configured import configuration_options, finder_for
from policylint.cli.judging import facts_of
from policylint.cli.reading import reading_options
from policylint.errors import DocumentError, UsageError
from policylint.files import Input, find

EXIT_NOT_JUDGED = 3


@click.command()
@click.argument("policy", metavar="POLICY.docx")
@click.option("--output", "-o", required=True, metavar="PATH", help="The file to write.")
@click.option("--pack", "packs", multiple=True, metavar="ID", help="Judge by this pack; repeatable. See `packs`.")
@click.option("--profile", metavar="NAME|FILE", help="A profile, or an agency's own. [default: as the document shows]")
@click.option("--as-of", metavar="DATE", help="Ask what is in force on this day (YYYY-MM-DD).")
@click.option("--fact", "facts", multiple=True, callback=facts_of, metavar="KEY=VALUE", help="Known about the agency.")
@reading_options
@configuration_options
def annotate(
    *,
    policy: str,
    output: str,
    packs: tuple[str, ...],
    profile: str | None,
    as_of: str | None,
    facts: dict[str, str],
    section: str | None,
    pages: tuple[int, int] | None,
    read_seconds: float | None,
    read_memory: int | None,
    config: str | None,
    no_config: bool,
) -> int:
    """Write a Word policy with comments where it is weak, incomplete or in conflict, and where clauses are missing.

    Each comment names the requirement and proposes the wording. The text itself is not touched. The exit code is 0 when the
    file was written, whatever was found; `check` tells whether a policy is good enough.
    """
    from policylint import annotate as annotations
    from policylint import api, runs

    refuse_overwriting(output, [policy])
    settings = finder_for(
        config,
        no_config=no_config,
        facts=facts,
        packs=packs,
        profile=profile,
        as_of=as_of,
        section=section,
        read_seconds=read_seconds,
        read_memory=read_memory,
    ).of_document(policy)
    try:
        data = find([policy], ())[0].read()
    except DocumentError as error:
        console.error(f"{policy}: {error.message}")
        return EXIT_NOT_JUDGED
    asked = runs.asked(settings, pages)
    report = api.check_inputs([Input(policy, data=data)], **runs.arguments(settings), asked=asked)
    document = report.documents[0]
    if document.status != "judged" or document.body is None:
        say_what_was_not_judged(report.documents)
        return EXIT_NOT_JUDGED
    if document.format != "docx":
        raise UsageError(
            f"Comments can be put into Word files (.docx) only; this is {document.format}.",
            file=policy,
            hint="`check --format docx` writes a report in Word instead.",
        )
    comments = annotations.comments_on(report)
    try:
        content = annotations.annotate(data, policy, comments, document.body.text)
    except DocumentError as error:
        console.error(str(error))
        return EXIT_NOT_JUDGED
    console.to_file(output, content)
    gaps = "1 gap" if len(document.gaps) == 1 else f"{len(document.gaps)} gaps"
    console.note(f"{output}: {len(comments)} comments on {gaps}.")
    if annotations.is_signed(data):
        console.note("The file's digital signature does not cover the comments: Word will call it invalid.")
    return 0
