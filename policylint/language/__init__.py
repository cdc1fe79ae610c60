"""The language layer: from a Document to Statements that know force, polarity, subject, voice and concepts.

Importing this package imports spaCy (see `policylint.language.pipeline`); import it only when a document must really be analysed.
"""

from policylint.language.analysis import Analysis, analyse, finder_of
from policylint.language.mentions import Mentions, mentions
from policylint.language.statements import Statement

__all__ = ["Analysis", "Mentions", "Statement", "analyse", "finder_of", "mentions"]
