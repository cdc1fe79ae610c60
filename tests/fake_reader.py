"""A reader that does what its document says: for the tests of what happens when a reader misbehaves."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

from policylint.document import Block, Source
from policylint.errors import DocumentError
from policylint.readers.formats import Options

POLICY = (
    "The Department runs a peer support program for all employees.\n\n"
    "Peer supporters are volunteers. Peer supporters shall keep confidential what a colleague tells them.\n\n"
    "Peer supporters shall not keep notes of a contact."
)


def source_of(text: str) -> Source:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        start = text.index(paragraph, at)
        at = start + len(paragraph)
        blocks.append(Block(((start, at),), "paragraph", size=10.5, box=(1.0, 2.0, 3.0, 4.0), page=1))
    return Source(text, tuple(blocks), "fake", 1, ("A note.",))


def read(data: bytes, name: str, options: Options) -> Source:
    """Do what the document's second word says ("FAKE hang"); a NUL before it keeps it from being taken for text."""
    verb, _, rest = data.decode().removeprefix("\0").removeprefix("FAKE ").partition(" ")
    if verb == "hang":
        time.sleep(3600)
    if verb == "hang-with-child":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)", rest])
        time.sleep(3600)
    if verb == "eat":
        held = [bytearray(50_000_000) for _ in range(1000)]
        return source_of(str(len(held)))
    if verb == "crash":
        ctypes.string_at(0)
    if verb == "leave":
        os._exit(7)
    if verb == "print":
        sys.stdout.write("printed to standard output")
        os.write(1, b"written to standard output\n")
        os.write(2, b"written to standard error\n")
        subprocess.run([sys.executable, "-c", "import sys; print(sys.stdin.read())"], check=True)
    if verb == "raise":
        raise ValueError("a bug on page 3")
    if verb == "deep":
        return read(data, name, options)
    if verb == "refuse":
        raise DocumentError("The file is locked.", hint="Unlock it.", line=3)
    if verb == "long":
        return source_of("peer " * 20_000_000)
    if verb == "blank":
        return source_of("")
    if verb == "slow":
        for _ in range(5):
            options.more_time(30.0)
            time.sleep(0.8)
    if verb == "leave-a-file":
        Path(os.environ["TMPDIR"], "left").write_text("behind", encoding="utf-8")
    if verb == "tell":
        loaded = sorted({"spacy", "numpy", "policylint.language"} & set(sys.modules))
        return source_of(f"{os.getpid()} {options.pages} {loaded} {os.environ['TMPDIR']} {name}")
    return source_of(POLICY)
