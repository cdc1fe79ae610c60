"""The process that reads documents in formats which need a library: started, bounded and ended by `bounded`.

It reads one document after the other from its standard input and answers on its standard output. It imports the reader that
is asked for and nothing of the engine. Whatever a library prints goes nowhere.
"""

from __future__ import annotations

import contextlib
import dataclasses
import traceback
from importlib import import_module
from typing import IO, Any

from policylint.bounds.inside import backstop, limit_memory, requests
from policylint.bounds.wire import send_json
from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Options
from policylint.readers.wire import to_wire

MOST_TEXT = 50_000_000
"""Characters of text above which a document is refused."""


def main() -> None:
    """Answer requests until standard input ends."""
    inbox, answers = requests()
    while True:
        request, data = inbox.get()
        backstop(request["seconds"])
        send_json(answers, _answer(request, data, answers))
        backstop(None)


def _answer(request: dict[str, Any], data: bytes, answers: IO[bytes]) -> dict[str, Any]:
    """The document as read, or what is wrong with it."""
    left = request["seconds"]

    def more_time(seconds: float) -> None:
        nonlocal left
        if left is not None:
            left += seconds
            backstop(left)  # too long rather than too short: the parent keeps the time
            send_json(answers, {"more_time": seconds})

    try:
        options = _options(request["options"])
        limit_memory(options.memory)
        reader = import_module(request["module"])
        source: Source = reader.read(data, request["name"], dataclasses.replace(options, more_time=more_time))
        return _fitting(source)
    except DocumentError as error:
        return {"error": {"message": error.message, "hint": error.hint, "line": error.line}}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 - a file that breaks a library must cost the others nothing
        with contextlib.suppress(Exception):
            return {"failed": f"{type(error).__name__}: {error}"[:500], "trace": traceback.format_exc()[-8000:]}
        return {"failed": type(error).__name__, "trace": ""}


def _options(fields: dict[str, Any]) -> Options:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Options(**values)


def _fitting(source: Source) -> dict[str, Any]:
    if len(source.text) > MOST_TEXT:
        millions = MOST_TEXT // 1_000_000
        raise DocumentError(
            f"The document holds more than {millions} million characters of text.",
            hint="Give the part of it that is the peer support policy, as a file of its own.",
        )
    return {"source": to_wire(source)}


if __name__ == "__main__":
    main()
