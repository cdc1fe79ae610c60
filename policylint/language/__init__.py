"""The language layer: from a Document to Statements that know force, polarity, subject, voice and concepts.

Importing this package imports spaCy (see `policylint.language.pipeline`); import it only when a document must really be analysed.
"""

from policylint.language.analysis import Analysis
from policylint.language.mentions import Mentions, mentions
from policylint.language.network import Network
from policylint.language.statements import Statement
from policylint.language.understand import analyse, finder_of, take_network

__all__ = ["Analysis", "Mentions", "Network", "Statement", "analyse", "finder_of", "mentions", "take_network"]
