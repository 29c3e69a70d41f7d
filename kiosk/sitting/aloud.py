"""Having the pack's words read aloud, once she said that headphones are in: by number, never by word."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

from kiosk.sitting.planning import gapped
from kiosk.sitting.words import Words
from kiosk.speech.message import HUSH, VOICE_FD, Request, pack
from kiosk.speech.texts import numbered
from kiosk.terminal.control import START_VOICE

if TYPE_CHECKING:
    from kiosk.sitting.snapshot import Snapshot
    from kiosk.terminal.control import Control
    from schema.pack import Pack

Line = tuple[int, str]
"""The number a line is chosen by (0 for none), and its words as they stand on the page."""


class Aloud:
    """The sitting's end of the voice's line. What is on a page and not in the pack is passed over."""

    def __init__(self, whole: Pack, start: Callable[[], None], descriptor: int) -> None:
        self._pack = whole
        self._start = start
        self._descriptor = descriptor
        self.on = False
        """Whether she said that headphones are in."""
        with contextlib.suppress(OSError):
            os.set_blocking(descriptor, False)

    def confirm(self) -> None:
        """Headphones are in: have the voice started."""
        if not self.on:
            self.on = True
            self._start()

    def hush(self) -> None:
        """Be quiet, until headphones are confirmed again."""
        self.stop()
        self.on = False

    def stop(self) -> None:
        """Read no further; the next page is read again."""
        if self.on:
            self._send(HUSH)

    def read(self, lines: Iterable[Line], words: Words, *, after: bool = False) -> None:
        """Read a page, or something `after` what is being read; in silence when it is off."""
        if not self.on:
            return
        known = _numbers(self, words.language, words.someone)
        language = [each.code for each in self._pack.languages].index(words.language)
        requests = [
            pack(Request(language, place, known[text], words.someone))
            for place, line in lines
            for text in (line.strip().removeprefix("! ").removeprefix("- "),)
            if text in known
        ]
        self._send((b"" if after else HUSH) + b"".join(requests))

    def _send(self, messages: bytes) -> None:
        """Hand it over; what a voice that does not listen leaves in the line is lost."""
        with contextlib.suppress(OSError):
            os.write(self._descriptor, messages)

    def numbers(self, words: Words) -> dict[str, int]:
        """Return every text of the pack as a page shows it in these words, with its number."""
        texts = numbered(self._pack)
        known = {words.of(text): number for number, text in reversed(list(enumerate(texts)))}
        places = {id(text): number for number, text in enumerate(texts)}
        for section in self._pack.sections:
            known |= {gapped(line, words): places[id(line.text)] for line in section.lines}
        return known


@cache
def _numbers(aloud: Aloud, language: str, someone: int) -> dict[str, int]:
    return aloud.numbers(Words(aloud._pack, language, someone))


def voice(snapshot: Snapshot, control: Control | None) -> Aloud | None:
    """Return what reads aloud in this sitting; `None` where the station has no voice."""
    if control is None or not snapshot.settings.speech:
        return None
    return Aloud(snapshot.pack, partial(control.send, START_VOICE), VOICE_FD)
