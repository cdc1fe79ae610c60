"""Old binary Word files (.doc), by way of LibreOffice where it is installed.

No library that may be used here reads the format with its lists and tables. LibreOffice runs without a window, in a profile of its
own that forbids macros and links to other places, writes OpenDocument text, and is ended with all it started when time is up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers import odt
from policylint.readers.formats import Options

__all__ = ["office", "read"]

SECONDS = 120.0
"""Time for one conversion where the caller sets none."""

_NAMES = ("soffice", "libreoffice", "soffice.com", "soffice.bin")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_SAVE = "Open it in Word or LibreOffice, save it as .docx or PDF, and give that."
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = {
    "DisableMacrosExecution": "true",
    "MacroSecurityLevel": "3",
    "BlockUntrustedRefererLinks": "true",
    "DisableActiveContent": "true",
}


def read(data: bytes, name: str, options: Options) -> Source:
    """Read an old Word file.

    Raises:
        DocumentError: LibreOffice is not installed, cannot read the file, or takes too long.
    """
    program = office()
    if program is None:
        raise DocumentError(
            "Old Word files (.doc) are read through LibreOffice, which is not installed here.",
            file=name,
            hint="Install LibreOffice, or open the file in Word, save it as .docx or PDF, and give that.",
        )
    converted = _converted(program, data, name, getattr(options, "seconds", None) or SECONDS)
    source = odt.read(converted, name, options)
    return replace(
        source, format="doc", notes=("The old Word file was read as LibreOffice converts it.", *source.notes)
    )


def office() -> str | None:
    """The path of LibreOffice's program, or None when it is not installed."""
    found = (shutil.which(name) for name in _NAMES)
    places = (place for place in _PLACES if Path(place).is_file())
    return next((path for path in (*found, *places) if path), None)


def _converted(program: str, data: bytes, name: str, seconds: float) -> bytes:
    """The file as OpenDocument text."""
    with tempfile.TemporaryDirectory(prefix="policylint-doc-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "policy.doc"), Path(folder, "out", "policy.odt")
        source.write_bytes(data)
        profile = Path(folder, "profile")
        _write_settings(profile)
        command = [
            *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"),
            *("--convert-to", "odt:writer8", "--outdir", str(target.parent), str(source)),
        ]
        _run(command, folder, name, seconds)
        if not target.is_file():
            raise DocumentError(
                "LibreOffice could not read this old Word file (.doc): it is damaged, or protected by a password.",
                file=name,
                hint=_SAVE,
            )
        return target.read_bytes()


def _write_settings(profile: Path) -> None:
    """A profile in which no macro runs and nothing is fetched."""
    items = "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for key, value in _SETTINGS.items()
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    Path(folder, "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


def _run(command: list[str], folder: str, name: str, seconds: float) -> None:
    """Run a program in a folder of its own, and end it with all it started when time is up or the run is broken off."""
    environment = os.environ | {"HOME": folder, "TMPDIR": folder, "SAL_USE_VCLPLUGIN": "svp"}
    bounded = _bounded_from_outside()
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is LibreOffice, its arguments are ours
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=not bounded,
        )
    except OSError as error:
        raise DocumentError(
            f"LibreOffice cannot be started: {error.strerror or error}.", file=name, hint=_SAVE
        ) from None
    try:
        process.wait(None if bounded else seconds)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            f"LibreOffice took longer than {seconds:g} seconds to read this old Word file (.doc) and was stopped.",
            file=name,
            hint=_SAVE,
        ) from None
    finally:
        if not bounded:
            _end(process)


def _bounded_from_outside() -> bool:
    """Whether this process reads for another one, which keeps the time and ends the whole group of processes.

    What it starts must then stay in the group, so that it ends with it.
    """
    return "POLICYLINT_WORKER_FOLDER" in os.environ and hasattr(os, "getpgid") and os.getpgid(0) == os.getpid()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started: LibreOffice hands its work to a child."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            if process.poll() is None:
                subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603, S607
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()
