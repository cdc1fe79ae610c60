"""policylint: a linter for the peer support policies of police, fire, EMS and corrections agencies.

`check_text`, `check_file` and `check_paths` judge policies and return a `Report`; `report.to_dict()` is the JSON
report. Nothing here loads the language engine before the first document is judged.
"""

from policylint._version import __version__
from policylint.api import check_file, check_paths, check_text
from policylint.errors import DocumentError, PolicylintError, RuleError, UsageError
from policylint.readers.formats import Options
from policylint.report import DocumentReport, Evidence, Report, Verdict

__all__ = [
    "DocumentError",
    "DocumentReport",
    "Evidence",
    "Options",
    "PolicylintError",
    "Report",
    "RuleError",
    "UsageError",
    "Verdict",
    "__version__",
    "check_file",
    "check_paths",
    "check_text",
]
