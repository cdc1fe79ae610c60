"""Tokens to paragraphs: groups, destinations, characters, and the words that change how text is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from policylint.errors import DocumentError
from policylint.readers.rtf import charsets, tokens
from policylint.readers.rtf.head import NAMES, Head
from policylint.readers.rtf.lists import Tables
from policylint.readers.rtf.paragraphs import Paragraphs
from policylint.readers.rtf.state import BODY, LABEL, SHAPE, SKIPPED, TABLE, Sink, State

DEEPEST = 2000
"""Groups in groups above which a file is refused: word processors stay below fifty."""
DELETED, HIDDEN, STRUCK = "deleted text (tracked change)", "hidden text", "struck-out text"

_SKIPPED = frozenset(
    b"info colortbl pict object objdata fldinst xe tc rxe txe nonshppict shprslt do revtbl rsidtbl generator atnid atnauthor atnref "
    b"atntime atndate atnparent atnicn atrfstart atrfend ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn formfield datafield bkmkstart "
    b"bkmkend themedata colorschememapping datastore latentstyles xmlnstbl mmath nonesttables template passwordhash userprops "
    b"background pgptbl filetbl listpicture fchars lchars ffname ffdeftext ffformat ffhelptext ffstattext ffl pn wgrffmtfilter".split()
)
_SINKS = {
    b"footnote": "footnote",
    b"header": "running header",
    b"headerl": "running header",
    b"headerr": "running header",
    b"headerf": "running header",
    b"footer": "running footer",
    b"footerl": "running footer",
    b"footerr": "running footer",
    b"footerf": "running footer",
    b"annotation": "comment",
}
_LABELS = frozenset((b"listtext", b"pntext"))
_READ = frozenset((b"shpinst", b"ud", b"fldrslt", b"result", b"nesttableprops", b"shptxt", b"dptxbxtext", b"shppict"))
"""Destinations marked as ignorable ("\\*") in which something is to be read."""


class Walker:
    """Goes through the tokens once; `sinks` are the streams of text apart from the body, as they end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables = Tables()
        self.head = Head(self.tables)
        self.ends = Paragraphs(self.tables)
        self.body = Sink()
        self.sinks: list[Sink] = []
        self.met: Counter[str] = Counter()
        self.state = State(sink=self.body)
        self.stack: list[State] = []
        self.page = "cp1252"
        self.raw = b""
        self.encoding = self.page
        self.to_skip = 0
        self.high = 0
        self.star = self.fresh = False
        self.words: dict[bytes, Callable[[int | None], None]] = self._words()

    def run(self, data: bytes) -> bool:
        """Read all; returns whether the file was complete.

        Raises:
            DocumentError: its groups are nested deeper than any word processor's.
        """
        for kind, value, number in tokens.tokens(data):
            if kind == tokens.TEXT:
                self._bytes(value)
            elif kind == tokens.BYTE:
                self._bytes(value, one=True)
            elif kind == tokens.OPEN:
                self._open()
            elif kind == tokens.CLOSE:
                self._close()
                if not self.stack:
                    break  # what stands after the document is none of it
            elif kind == tokens.WORD:
                self._word(value, number)
            else:
                self._symbol(value)
        complete = not self.stack
        while self.stack:
            self._close()
        self.ends.end(self.state, last=True)
        return complete

    # -- groups ---------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._settle()
        self.to_skip = 0
        if len(self.stack) >= DEEPEST:
            raise DocumentError(
                f"The file nests its groups more than {DEEPEST:,} deep, as no word processor does; it was not read.",
                file=self.name,
                hint="Open it in Word or LibreOffice and save it as .docx or PDF.",
            )
        self.stack.append(replace(self.state))
        self.star, self.fresh = False, True
        if self.state.goes == TABLE:
            self.head.open()

    def _close(self) -> None:
        self._settle()
        self.to_skip, self.star, self.fresh = 0, False, False
        if not self.stack:
            return
        before, self.state = self.state, self.stack.pop()
        if before.goes == TABLE and self.state.goes == TABLE:
            self.head.close()
        if before.sink is not self.state.sink:
            self._end_sink(before.sink)

    def _end_sink(self, sink: Sink) -> None:
        here = self.state
        self.state = replace(here, sink=sink, goes=BODY)
        self.ends.end(self.state, last=True)
        self.state = here
        if sink.kind == "box":
            here.sink.boxes.extend(sink.paragraphs)
        else:
            self.sinks.append(sink)

    def _destination(self, word: bytes) -> bool:
        """Whether a word says where the text of its group goes; text of a skipped group stays skipped."""
        goes = self.state.goes
        if word in NAMES and goes == BODY:
            self.state.goes = TABLE
            self.head.begin(word)
        elif word in (b"shptxt", b"dptxbxtext"):
            if goes in (BODY, SHAPE):
                self._divert("box")
        elif goes in (SKIPPED, TABLE):
            return False
        elif word in (b"shpinst", b"upr"):
            self.state.goes = SHAPE
        elif word == b"ud":
            self.state.goes = BODY
        elif word in _LABELS:
            self.state.goes = LABEL
        elif word in _SINKS and goes == BODY:
            self._divert(_SINKS[word])
        elif word in _SKIPPED or (self.star and word not in _READ):
            self.state.goes = SKIPPED
        else:
            return False
        return True

    def _divert(self, kind: str) -> None:
        self.state.goes = BODY
        self.state.sink = Sink(kind=kind)
        self.state.pard()
        self.state.plain()

    # -- characters -----------------------------------------------------------------------------------------------

    def _bytes(self, data: bytes, *, one: bool = False) -> None:
        self.fresh = False
        if self.state.goes in (SKIPPED, SHAPE):
            return
        if self.to_skip:
            cut = min(self.to_skip, len(data))
            self.to_skip -= cut
            data = data[cut:]
            if not data:
                return
        encoding = "latin-1" if self.state.goes == TABLE else self.tables.fonts.get(self.state.font) or self.page
        if encoding != self.encoding:
            self._settle()
            self.encoding = encoding
        self.raw += data
        if not one:
            self._settle()

    def _settle(self) -> None:
        """Turn the bytes at hand to characters; a character may be spread over several tokens."""
        raw, self.raw = self.raw, b""
        if raw:
            self._put(charsets.decode(raw, self.encoding))

    def _unicode(self, number: int | None) -> None:
        code = (number or 0) % 0x10000
        self.to_skip = self.state.skip
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00) if self.high else 0xFFFD
        self.high = 0
        self._put(chr(code))

    def _put(self, text: str) -> None:
        """Characters, to where text goes."""
        state = self.state
        if state.goes == TABLE:
            self.head.characters(text)
        elif state.goes == LABEL:
            if not state.deleted:
                state.sink.open.label += text
        elif state.goes == BODY:
            paragraph = state.sink.open
            why = DELETED if state.deleted else HIDDEN if state.hidden else STRUCK if state.struck else ""
            if why:
                paragraph.asides.append((why, text))
            else:
                paragraph.runs.append((text, state.bold))

    # -- control words --------------------------------------------------------------------------------------------

    def _symbol(self, symbol: bytes) -> None:
        self._settle()
        if symbol == b"*":
            self.star = self.fresh
            return
        self.fresh = False
        if self.to_skip:
            self.to_skip -= 1
        elif symbol in (b"\n", b"\r"):
            self.ends.paragraph(self.state)
        elif symbol in charsets.SYMBOLS:
            self._put(charsets.SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        self._settle()
        fresh, self.fresh = self.fresh, False
        if (fresh or self.star) and self._destination(word):
            self.star = False
            return
        self.star = False
        if self.state.goes == TABLE:
            self.head.word(word, number)
        elif word in self.words:
            # Properties are followed in skipped groups, too: they end with the group.
            self.words[word](number)
        elif word in charsets.CHARACTERS:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self._put(charsets.CHARACTERS[word])

    def _words(self) -> dict[bytes, Callable[[int | None], None]]:
        words: dict[bytes, Callable[[int | None], None]] = {
            b"u": self._unicode,
            b"par": lambda _: self.ends.paragraph(self.state),
            b"sect": lambda _: self.ends.paragraph(self.state),
            b"cell": lambda _: self.ends.cell(self.state),
            b"row": lambda _: self.ends.row(self.state),
            b"nestcell": lambda _: self.ends.nested_cell(self.state),
            b"nestrow": lambda _: self.ends.nested_row(self.state),
            b"plain": lambda _: self.state.plain(),
            b"pard": lambda _: self.state.pard(),
            b"intbl": lambda _: self._set("in_table", max(self.state.in_table, 1)),
            b"revised": self._revised,
            b"ansicpg": self._page,
        }
        for word, name in _TOGGLES.items():
            words[word] = self._toggle(name)
        for word, name in _NUMBERS.items():
            words[word] = self._setter(name)
        for word, encoding in charsets.FAMILIES.items():
            words[word] = self._family(encoding)
        return words

    def _set(self, name: str, value: object) -> None:
        setattr(self.state, name, value)

    def _toggle(self, name: str) -> Callable[[int | None], None]:
        return lambda number: self._set(name, number != 0)

    def _setter(self, name: str) -> Callable[[int | None], None]:
        return lambda number: self._set(name, number or 0)

    def _family(self, encoding: str) -> Callable[[int | None], None]:
        return lambda _: setattr(self, "page", encoding)

    def _page(self, number: int | None) -> None:
        self.page = charsets.of_page(number or 0)

    def _revised(self, number: int | None) -> None:
        self.state.inserted = number != 0
        if number != 0 and self.state.goes == BODY:
            self.met["inserted"] += 1


_TOGGLES = {b"b": "bold", b"v": "hidden", b"deleted": "deleted", b"strike": "struck", b"striked": "struck"}
_NUMBERS = {
    b"f": "font",
    b"uc": "skip",
    b"s": "style",
    b"li": "left",
    b"fi": "first",
    b"ls": "list_",
    b"ilvl": "level",
    b"outlinelevel": "outline",
    b"itap": "in_table",
}
