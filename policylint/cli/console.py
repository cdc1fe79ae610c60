"""Streams: results on stdout or in a file, everything else on stderr, UTF-8 on all of them."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from policylint.errors import UsageError

_ERRORS = "backslashreplace"
"""A file name that is no UTF-8 must not stop the report; in JSON the replacement is a valid escape."""


def prepare() -> None:
    """Make the standard streams UTF-8, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=_ERRORS)


def show_tracebacks() -> None:
    """Let what the library logs about failures it survived reach stderr."""
    import logging

    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)


def error(sentence: str) -> None:
    """Say on stderr what is wrong."""
    _write_error(f"policylint: {sentence}")


def note(sentence: str) -> None:
    """Say something on stderr that is no error."""
    _write_error(sentence)


def _write_error(text: str) -> None:
    try:
        click.echo(text, err=True)
    except OSError:  # nobody listens
        _forget(sys.stderr)


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout.isatty()


def width() -> int | None:
    """Columns of the terminal that stdout is, or None when it is none."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def colour() -> bool:
    """Whether the terminal that stdout is wants colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def out(text: str | bytes) -> None:
    """Write a result to stdout. A reader that has seen enough (`| head`) is no error.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        if isinstance(text, bytes):
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget(sys.stdout)
    except OSError as problem:
        _forget(sys.stdout)
        raise UsageError(f"The result cannot be written to stdout: {problem.strerror or problem}.") from None


def to_file(path: str, content: str | bytes) -> None:
    """Write a file so that it is there as a whole or not at all.

    Raises:
        UsageError: it cannot be written.
    """
    data = content.encode("utf-8", _ERRORS) if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe cannot be replaced
        else:
            _replace(target, data)
    except OSError as problem:
        message = f"The report cannot be written: {problem.strerror or problem}."
        raise UsageError(message, file=path, hint="Give another --output.") from None


def _replace(target: Path, data: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _forget(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, or the interpreter complains when it ends."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
    except (OSError, io.UnsupportedOperation):
        pass
