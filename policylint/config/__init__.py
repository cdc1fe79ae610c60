"""Configuration: policylint.yaml or [tool.policylint], found from a document upward.

`find` looks for the file, `load.load` reads it strictly, `Finder` gives each document of a run its `Settings`. The Python API never
looks for a configuration by itself; the command line does.
"""

from policylint.config.discover import Place, find
from policylint.config.finder import Finder
from policylint.config.given import Configuration
from policylint.config.settings import COMMAND_LINE, DOCUMENT_KEYS, KEYS, Settings

__all__ = ["COMMAND_LINE", "DOCUMENT_KEYS", "KEYS", "Configuration", "Finder", "Place", "Settings", "find"]
