"""Where the rules and schemas that ship with policylint stand: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from policylint.errors import RuleError

_PACKAGE = Path(__file__).resolve().parents[1]


def checks_dir() -> Path:
    """The folder of the shipped checks and lexicon. Raises RuleError when the installation lacks it."""
    return _folder("checks", _PACKAGE)


def packs_dir() -> Path:
    """The folder of the shipped packs. Raises RuleError when the installation lacks it."""
    return _folder("model_policies", _PACKAGE)


def schema_dir() -> Path:
    """The folder of the JSON Schemas. Raises RuleError when the installation lacks it."""
    return _folder("schema", _PACKAGE, "docs/schema")


def _folder(name: str, package: Path, in_checkout: str = "") -> Path:
    shipped = package / "_data" / name
    if shipped.is_dir():
        return shipped
    # Without the guard a stray "checks" folder in site-packages would be taken for ours.
    checkout = package.parent / (in_checkout or name)
    if (package.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    raise RuleError(
        f"This installation of policylint lacks its rules: there is no folder '{name}'.",
        file=str(shipped),
        hint="Install policylint again, or work from a complete checkout.",
    )
