"""Reporters that are loaded when they are used: a report in one format must not wait for the libraries of another."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from policylint.collector import collector_paused


def loaded_when_used(module: str) -> Callable[..., Any]:
    """The `render` of a module of this package.

    What was judged by is still in memory, and walking it for garbage takes longer than making the report.
    """

    def render(*given: Any) -> Any:
        made = import_module(f"policylint.reporters.{module}").render
        with collector_paused():
            return made(*given)

    return render
