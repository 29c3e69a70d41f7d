"""Reads by espeak-ng, which gets its words on standard input, a line each."""

from __future__ import annotations

import contextlib
import ctypes
import re
import signal
import subprocess
from typing import TYPE_CHECKING, Final

from kiosk.sitting.words import Words
from kiosk.speech.message import key_of
from kiosk.speech.texts import numbered
from kiosk.terminal.text import clean

if TYPE_CHECKING:
    from kiosk.speech.message import Request
    from schema.pack import Pack

_PLACES: Final = re.compile(r"\{[^{}]*\}")
_PHONEMES: Final = re.compile(r"\[\[|\]\]")
_PR_SET_PDEATHSIG: Final = 1


class Speaker:
    """One voice at a time, in the language that was asked for last."""

    def __init__(self, program: str, pack: Pack) -> None:
        self._program = program
        self._pack = pack
        self._texts = numbered(pack)
        self._language = -1
        self._voice: subprocess.Popen[bytes] | None = None

    def read(self, request: Request) -> None:
        """Read one text of the pack, after those that are being read. Numbers that stand for none are passed over."""
        line = self.line(request)
        if not line:
            return
        voice = self._in(request.language)
        if voice is not None and voice.stdin is not None:
            with contextlib.suppress(OSError):
                voice.stdin.write(line.encode() + b"\n")
                voice.stdin.flush()

    def line(self, request: Request) -> str:
        """Return what is read: a text of the pack, its open places left out; nothing for a number that has none."""
        languages = self._pack.languages
        if request.language >= len(languages) or request.text >= len(self._texts):
            return ""
        if request.someone >= max(1, len(self._pack.person_words)):
            return ""
        words = Words(self._pack, languages[request.language].code, request.someone)
        text = _PHONEMES.sub(" ", _PLACES.sub(" ", words.of(self._texts[request.text])))
        key = key_of(request.place)
        return clean(f"{key}. {text}" if key else text)

    def hush(self) -> None:
        """Be quiet at once."""
        voice, self._voice = self._voice, None
        if voice is not None:
            voice.kill()
            voice.wait()

    def _in(self, language: int) -> subprocess.Popen[bytes] | None:
        """The voice of a language; `None` where none can be had."""
        if self._voice is not None and (self._language != language or self._voice.poll() is not None):
            self.hush()
        if self._voice is None:
            self._language = language
            with contextlib.suppress(OSError):
                self._voice = subprocess.Popen(  # noqa: S603  # the operator's own espeak-ng, found at start
                    [self._program, "-v", self._pack.languages[language].code],
                    stdin=subprocess.PIPE,
                    preexec_fn=_die_with_us,  # one thread, and nothing else ends a voice in time
                )
        return self._voice


def _die_with_us() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
