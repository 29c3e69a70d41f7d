"""Whole tokens turned into Textual's events, by Textual's own parser, one sequence at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from kiosk.terminal.text import clean
from kiosk.terminal.tokens import Kind, Token

_KITTY: Final = re.compile(r"\x1b\[(\d{1,7})?(?::[\d:]*)?(?:;(\d{1,3})?(?::(\d))?(?:;([\d:]*))?)?([u~^$@ABCDEFHPQS])")
_OTHER: Final = re.compile(r"\x1b\[(?:\[[A-E]|[ABCDEFHPQSZIO])|\x1bO\d*[A-Za-z]")
_MOUSE: Final = re.compile(r"\x1b\[<\d{1,4};\d{1,5};\d{1,5}[Mm]")
_RELEASED: Final = "3"
_LOCKS: Final = 64 + 128


class KeyReader:
    """Reads tokens as events. What it does not know, it drops; nothing that comes in can end it."""

    def __init__(self) -> None:
        self._parser = XTermParser(debug=False)

    def read(self, token: Token) -> Iterator[Message]:
        """Yield the events of one token; a paste is the driver's own affair."""
        if token.kind is Kind.ESCAPE:
            yield events.Key("escape", "\x1b")
        elif token.kind is Kind.TEXT:
            for letter in token.text:
                if _is_safe(letter):
                    yield from self._parse(letter)
        elif token.text.startswith("\x1b[<"):
            report = self._parser.parse_mouse_code(token.text) if _MOUSE.fullmatch(token.text) else None
            if report is not None:
                yield report
        elif token.kind is Kind.SEQUENCE and (sequence := _plain(token.text)):
            yield from self._parse(sequence)

    def _parse(self, text: str) -> list[Message]:
        try:
            found = list(self._parser.feed(text))
        except Exception:
            found = []
        if not found:  # unknown, and the parser now waits for more of it
            self._parser = XTermParser(debug=False)
        return [message for message in found if _is_wanted(message)]


def _is_wanted(message: Message) -> bool:
    if isinstance(message, events.Key):
        return not message.character or (len(message.character) == 1 and _is_safe(message.character))
    return isinstance(message, events.MouseEvent | events.AppFocus | events.AppBlur)


def _is_safe(letter: str) -> bool:
    return letter <= "\x7f" or bool(clean(letter))


def _plain(sequence: str) -> str:
    """Return `sequence` as the parser can read it, or an empty string for what is no key, mouse or focus report.

    Kitty's reports lose their event type (Textual dies of it), alternate keys and lock bits; releases are dropped.
    """
    if _OTHER.fullmatch(sequence):
        return sequence
    match = _KITTY.fullmatch(sequence)
    if match is None:
        return ""
    code, modifiers, event, text, final = match.groups()
    if event == _RELEASED:
        return ""
    held = (int(modifiers or 1) - 1) & ~_LOCKS
    if (
        final == "u"
        and not text
        and not held & ~1
        and code
        and 32 < int(code) < 0x110000
        and chr(int(code)).isprintable()
    ):
        text = str(ord(chr(int(code)).upper())) if held else code
    if text:
        return f"\x1b[{code or 1};{held + 1};{text}{final}"
    if held:
        return f"\x1b[{code or 1};{held + 1}{final}"
    return f"\x1b[{code or ''}{final}"
