"""Verdicts: what a document says, measured against what its requirements ask. Knows no files, no YAML, no printing."""

from policylint.assess.judge import Judgement, assess

__all__ = ["Judgement", "assess"]
