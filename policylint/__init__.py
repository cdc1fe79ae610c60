"""policylint: a linter for the peer support policies of police, fire, EMS and corrections agencies.

`check_text`, `check_file` and `check_paths` judge policies and return a `Report`; `report.to_dict()` is the JSON
report. Each name is loaded when it is first used, and the language engine when the first document is judged: the command
line starts with this package, and most commands need little of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from policylint._version import __version__

if TYPE_CHECKING:
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

_HOMES = {
    "api": ("check_file", "check_paths", "check_text"),
    "errors": ("DocumentError", "PolicylintError", "RuleError", "UsageError"),
    "readers.formats": ("Options",),
    "report": ("DocumentReport", "Evidence", "Report", "Verdict"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A public name, from the module it lives in."""
        if name not in _HOME:
            raise AttributeError(f"module 'policylint' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"policylint.{_HOME[name]}"), name)
        return value

    def __dir__() -> list[str]:
        """The public names, loaded or not."""
        return sorted({*globals(), *__all__})
