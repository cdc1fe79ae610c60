"""Verdicts: what a document says, measured against what its requirements ask. Knows no files, no YAML, no printing."""

from policylint.assess.applies import AGENCY_KIND, Terms, recognised, shows
from policylint.assess.judge import Judgement, assess

__all__ = ["AGENCY_KIND", "Judgement", "Terms", "assess", "recognised", "shows"]
