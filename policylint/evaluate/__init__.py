"""How well verdicts agree with the labels of careful reviewers, and with two baselines. Values only, no printing."""

from policylint.evaluate.counts import NOT_JUDGED, RESAMPLES, Interval, Outcome, Tally, counted, scores
from policylint.evaluate.evaluation import Evaluation, evaluate

__all__ = ["NOT_JUDGED", "RESAMPLES", "Evaluation", "Interval", "Outcome", "Tally", "counted", "evaluate", "scores"]
