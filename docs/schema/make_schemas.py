"""Write the JSON Schemas of configuration, rule files and packs: `python docs/schema/make_schemas.py`.

They are for editors; policylint's own reading is stricter (ids, patterns). Names and choices come from the code, so that a key that
is added there and not here fails a test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from policylint.config import DOCUMENT_KEYS
from policylint.packs import (
    check_files,
    examples,
    fact_files,
    kinds,
    lexicon,
    models,
    pack_files,
    pass_rules,
    profile_files,
)
from policylint.report import FAIL_ON
from policylint.reporters import REPORTERS
from policylint.reporters.view import shown_statuses

HERE = Path(__file__).parent

Schema = dict[str, Any]

# YAML reads "version: 1.0" as a number and "regional: yes" as a truth value; policylint takes both as written.
TEXT: Schema = {"type": ["string", "number", "boolean"], "minLength": 1, "pattern": r"\S"}
TEXTS: Schema = {"type": "array", "items": TEXT}
SOME: Schema = {**TEXTS, "minItems": 1}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
YES_NO: Schema = {"enum": [True, False, "yes", "no", "true", "false"]}
STATE: Schema = {"type": "string", "pattern": "^[A-Z]{2}$"}
FORCE: Schema = {"enum": list(models.FORCES)}
KINDS_OF_AGENCY: Schema = {"type": "array", "minItems": 1, "items": {"enum": list(kinds.AGENCY_KINDS)}}
NAMED: Schema = {"type": "object", "minProperties": 1, "additionalProperties": SOME}


def keys(properties: dict[str, Schema], required: tuple[str, ...] = (), **more: Any) -> Schema:
    """A mapping with these keys and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    } | more


def number(least: int, *, whole: bool) -> Schema:
    """A number as YAML has it, or written in quotes."""
    pattern = r"^\d+$" if whole else r"^\d+(\.\d+)?$"
    kind = {"type": "integer", "minimum": least} if whole else {"type": "number", "exclusiveMinimum": least}
    return {"anyOf": [kind, {"type": "string", "pattern": pattern}]}


def described(schema: Schema, text: str) -> Schema:
    """A schema with what an editor shows beside a key."""
    return {**schema, "description": text}


def settings() -> dict[str, Schema]:
    """The keys of a configuration."""
    shown = {"enum": [*sorted(shown_statuses(("all",))), "all"]}
    return {
        "packs": described(SOME, "Ids of the packs to judge by, instead of a profile or state."),
        "profile": described(TEXT, "A profile by its name, or the path of your own (ends in .yaml)."),
        "state": described(
            {"type": "string", "pattern": "^[A-Za-z]{2}$"}, "Judge by the profile of this state, such as WA."
        ),
        "agency_kind": described({"enum": list(kinds.AGENCY_KINDS)}, "What kind of agency it is."),
        "facts": described(
            {"type": "object", "additionalProperties": YES_NO}, "What is known of the agency: fact: yes or no."
        ),
        "as_of": described(DAY, "Ask what is in force on this day."),
        "section": described(TEXT, "Title or number of the section of a manual to judge; all for the whole."),
        "fail_on": described({"enum": list(FAIL_ON)}, "The run fails from this severity up."),
        "show": described({"type": "array", "items": shown}, "What to show beside gaps."),
        "format": described({"enum": list(REPORTERS)}, "The format of the report."),
        "read_seconds": described(number(0, whole=False), "Most time for reading one document."),
        "read_memory": described(number(64, whole=True), "Most memory (MB) for reading one document."),
        "exclude": described(SOME, "Documents that are left out, as patterns of .gitignore."),
        "rules": described(SOME, "Folders with packs, checks, lexicon and profiles of your own."),
        "waivers": described(TEXT, "The file of gaps that are accepted."),
        "baseline": described(TEXT, "The file of gaps that were there on a day."),
        "lock": described(TEXT, "The file that pins the versions of packs."),
        "cache": described(YES_NO, "Whether results are kept for the next run."),
        "jobs": described(number(1, whole=True), "Most processes to judge with."),
    }


def config() -> Schema:
    """policylint.yaml, and the table [tool.policylint]."""
    known = settings()
    # packs, profile and state say the same in three ways
    one_way = {"packs": {"properties": {"profile": False, "state": False}}, "profile": {"properties": {"state": False}}}
    some = {"paths": described(SOME, "Patterns of .gitignore, relative to this file.")}
    override = keys(
        some | {key: known[key] for key in DOCUMENT_KEYS}, ("paths",), minProperties=2, dependentSchemas=one_way
    )
    overrides = described({"type": "array", "items": override}, "Other settings for some documents; later ones win.")
    # an empty file is a configuration that says nothing
    return {**keys({**known, "overrides": overrides}, dependentSchemas=one_way), "type": ["object", "null"]}


def check() -> Schema:
    """checks/<topic>/<check-id>.yaml."""
    example = {"anyOf": [TEXT, keys({"text": TEXT, "elements": TEXTS, "requirement": TEXT}, ("text",))]}
    listed = {status: {"type": "array", "items": example} for status in examples.STATUSES}
    lists = dict.fromkeys(check_files._LISTS, TEXTS)
    places = {"type": "array", "items": {"enum": list(check_files.PLACES)}}
    properties = {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": TEXT,
        "topic": TEXT,
        "serves": described(SOME, "Ids of the requirements it finds."),
        **lists,
        "ignore_with": TEXTS,
        "ignore_behind": TEXTS,
        "opposes_unless": TEXTS,
        "says_unless": TEXTS,
        "elements": NAMED,
        "scope": {"enum": list(check_files.SCOPES)},
        "parts": NAMED,
        "document_parts": TEXTS,
        "counts_in": places,
        "limits": described(TEXT, "What the check does not see."),
        "examples": keys(listed, ("met",)),
    }
    return keys(properties, check_files._REQUIRED)


def fact() -> Schema:
    """checks/facts/<fact>.yaml."""
    listed = {status: {**SOME, "minItems": 2} for status in fact_files.STATUSES}
    properties = {"id": TEXT, "title": TEXT, "holds_when": SOME, "ignore_with": TEXTS, "limits": TEXT}
    required = ("id", "title", "holds_when", "limits", "examples")
    return keys({**properties, "examples": keys(listed, fact_files.STATUSES)}, required)


def words() -> Schema:
    """checks/lexicon/<file>.yaml."""
    said = {"phrases": SOME, "but_not": TEXTS}
    concept = keys(
        {**said, "kind": {"enum": list(lexicon.KINDS)}, "implied": YES_NO, "defined_by": TEXTS}, ("phrases",)
    )
    concepts = described({"type": "object", "additionalProperties": concept}, "New concepts.")
    added = {"type": "object", "additionalProperties": keys(said, minProperties=1)}
    same = keys({"words": SOME, "also": SOME}, ("words",))
    return keys(
        {
            "concepts": concepts,
            "add": described(added, "Ways to say concepts that are there."),
            "same_words": described(
                {"type": "array", "minItems": 1, "items": same},
                "Words that say the same in whatever phrase they stand.",
            ),
        },
        minProperties=1,
    )


def pack() -> Schema:
    """model_policies/<pack>.yaml."""
    requirement = {
        **dict.fromkeys((*pack_files._REQUIRED, "manual_reason", "applies_when", "note"), TEXT),
        "force": FORCE,
        "kind": {"enum": list(models.KINDS)},
        "basis": {"enum": list(pack_files.BASES)},
        "elements": {"type": "object", "minProperties": 1, "additionalProperties": TEXT},
        "status": {"enum": list(pack_files.REQUIREMENT_STATUSES)},
        "applies_to": KINDS_OF_AGENCY,
        "effective_from": DAY,
        "effective_until": DAY,
    }
    properties = {
        **dict.fromkeys(pack_files._PACK_KEYS, TEXT),
        "rank": {"enum": list(pack_files.RANKS)},
        "requirements": {"type": "array", "minItems": 1, "items": keys(requirement, pack_files._REQUIRED)},
        "jurisdiction": STATE,
        "review_by": DAY,
        "reprinted_as": SOME,
        "applies_to": KINDS_OF_AGENCY,
    }
    return keys(properties, pack_files._PACK_KEYS)


def profile() -> Schema:
    """model_policies/profiles/<profile>.yaml, and an agency's own."""
    gives_way = keys({"requirement": TEXT, "to": SOME, "reason": TEXT, "when": TEXT}, ("requirement", "to", "reason"))
    yields = {"type": "array", "items": gives_way}
    marks = keys({"citations": TEXTS, "names": TEXTS}, ("citations", "names"))
    passing = pass_rule()
    whole = {"id": TEXT, "title": TEXT, "packs": SOME, "state": STATE, "recognised_by": marks, "yields": yields}
    whole |= {"pass": passing}
    severity = {"type": "object", "additionalProperties": {"enum": list(profile_files.SEVERITIES)}}
    reasons = {"type": "object", "additionalProperties": TEXT}
    own = {"id": TEXT, "extends": TEXT, "title": TEXT, "add_packs": SOME, "drop_packs": SOME, "severity": severity}
    own |= {"not_applicable": reasons, "yields": yields, "pass": passing}
    return {"oneOf": [keys(whole, profile_files._SHIPPED), keys(own, profile_files._OWN)]}


def pass_rule() -> Schema:
    """When a policy passes, in a profile."""
    share = {"type": "string", "pattern": r"^\s*(100|[1-9][0-9]?) ?%\s*$"}
    properties = {
        "every": described(SOME, "What must be met without exception: ranks, forces, packs or requirements."),
        "share": described(share, "How many of the others must be met, such as 80%."),
        "of": described({"anyOf": [{"const": pass_rules.REST}, SOME]}, "Of what the share is asked; rest: all others."),
    }
    some = [{"required": ["every"]}, {"required": ["share"]}]
    return described(
        keys(properties, anyOf=some, dependentRequired={"of": ["share"]}),
        "When a policy passes, for a review of many.",
    )


SCHEMAS = {
    "config": (config, "policylint configuration"),
    "check": (check, "policylint check"),
    "fact": (fact, "policylint fact"),
    "lexicon": (words, "policylint lexicon"),
    "pack": (pack, "policylint pack"),
    "profile": (profile, "policylint profile"),
}
"""Kind of file -> what makes its schema, and the title."""


def made(kind: str) -> str:
    """The text of a schema file."""
    make, title = SCHEMAS[kind]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:policylint:schema:policylint-{kind}-1",
        "title": title,
        "description": (make.__doc__ or "").strip(),
    }
    return json.dumps(head | make(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name in SCHEMAS:
        path = HERE / f"policylint-{name}-1.json"
        path.write_text(made(name), encoding="utf-8")
        print(path.name)
