"""What the terminal sent, cut into whole pieces: letters, control sequences and pastes.

Textual's own parser types the rest of a sequence that came in two parts, and goes deaf in a paste that nobody closes
(leaks 1e). Here a piece is handed on only when it is whole; half a sequence is forgotten after a while.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kiosk.terminal.tokens import PASTE_LIMIT, Kind, Token

ESCAPE_WAIT: Final = 0.1
"""Seconds after which a lone escape byte counts as the Esc key."""
SEQUENCE_WAIT: Final = 1.0
"""Seconds after which half a control sequence is forgotten."""
STRING_WAIT: Final = 0.5
"""Seconds that a control string may last in all: Alt+] on a keyboard looks like the start of one."""
PASTE_WAIT: Final = 1.0
"""Seconds of silence after which a paste that was never closed counts as closed."""

_SEQUENCE_LIMIT: Final = 64
_LATE_WAIT: Final = 2.0
_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
_STRING_STARTS: Final = frozenset("PX]^_")
_ABORTS: Final = frozenset("\x18\x1a")


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()
    SEQUENCE = auto()
    LATE_SS3 = auto()
    STRING = auto()
    PASTE = auto()


class Tokenizer:
    """Cuts a stream of characters into tokens. `now` is seconds on a monotonic clock."""

    def __init__(self) -> None:
        self._state = _State.GROUND
        self._held = ""
        self._late = False
        self._cut = False
        self.deadline: float | None = None
        """When `expire` has something to do; `None` while no piece is half read."""
        self._late_until = 0.0
        self._tokens: list[Token] = []
        self._letters: list[str] = []

    def feed(self, text: str, now: float) -> list[Token]:
        """Take in more characters; return the pieces that became whole."""
        position = 0
        while position < len(text):
            if self._state is _State.PASTE:
                position = self._paste(text, position, now)
            else:
                self._step(text[position], now)
                position += 1
        return self._take()

    def expire(self, now: float) -> list[Token]:
        """End what was left half read for too long; return what it turned out to be."""
        if self.deadline is None or now < self.deadline:
            return []
        state, held = self._state, self._held
        self._ground()
        if state is _State.ESCAPE:
            self._emit(Kind.ESCAPE)
            self._late_until = now + _LATE_WAIT
        elif state is _State.PASTE:
            self._emit(Kind.PASTE, held, cut=self._cut)
        elif self._late and len(held) == 2:
            self._letters.append(held[1])
        return self._take()

    def _take(self) -> list[Token]:
        self._flush()
        tokens, self._tokens = self._tokens, []
        return tokens

    def _flush(self) -> None:
        if self._letters:
            self._tokens.append(Token(Kind.TEXT, "".join(self._letters)))
            self._letters.clear()

    def _emit(self, kind: Kind, text: str = "", cut: bool = False) -> None:
        self._flush()
        self._tokens.append(Token(kind, text, cut))

    def _ground(self) -> None:
        self._state, self._held, self.deadline = _State.GROUND, "", None

    def _hold(self, state: _State, held: str, until: float) -> None:
        self._state, self._held, self.deadline = state, held, until

    def _step(self, letter: str, now: float) -> None:
        if letter == "\x1b" and self._state is not _State.STRING:
            if self._state is _State.ESCAPE:
                self._emit(Kind.ESCAPE)
            self._late = False
            self._hold(_State.ESCAPE, letter, now + ESCAPE_WAIT)
            return
        match self._state:
            case _State.GROUND:
                self._letter(letter, now)
            case _State.ESCAPE:
                self._after_escape(letter, now)
            case _State.SEQUENCE:
                self._in_sequence(letter, now)
            case _State.LATE_SS3:
                self._after_late_o(letter, now)
            case _:
                self._in_string(letter, now)

    def _letter(self, letter: str, now: float) -> None:
        late, self._late_until = now < self._late_until, 0.0
        if late and letter == "[":
            self._late = True
            self._hold(_State.SEQUENCE, "\x1b[", now + SEQUENCE_WAIT)
        elif late and letter == "O":
            self._late = True
            self._hold(_State.LATE_SS3, "\x1bO", now + SEQUENCE_WAIT)
        else:
            self._letters.append(letter)

    def _after_escape(self, letter: str, now: float) -> None:
        if letter in "[O":
            self._hold(_State.SEQUENCE, "\x1b" + letter, now + SEQUENCE_WAIT)
        elif letter in _STRING_STARTS:
            self._hold(_State.STRING, "", now + STRING_WAIT)
        else:
            self._ground()
            if not letter.isprintable():  # Alt with a letter means nothing here, so only Esc with Enter and its like
                self._emit(Kind.ESCAPE)
                self._letters.append(letter)

    def _in_sequence(self, letter: str, now: float) -> None:
        held = self._held + letter
        if letter in _ABORTS:
            self._ground()
        elif not " " <= letter <= "~" and not held.startswith("\x1b[M"):
            self._ground()
            self._letter(letter, now)
        elif not _is_whole(held):
            self._hold(_State.SEQUENCE, held[: _SEQUENCE_LIMIT + 1], now + SEQUENCE_WAIT)
        else:
            self._ground()
            if held == _PASTE_START:
                self._flush()
                self._cut = False
                self._hold(_State.PASTE, "", now + PASTE_WAIT)
            elif len(held) <= _SEQUENCE_LIMIT:
                self._emit(Kind.SEQUENCE, held)

    def _after_late_o(self, letter: str, now: float) -> None:
        self._ground()
        if letter in "ABCDFHPQRS":
            self._emit(Kind.SEQUENCE, "\x1bO" + letter)
        else:
            self._letters.append("O")
            self._letter(letter, now)

    def _in_string(self, letter: str, now: float) -> None:
        ends = letter == "\x07" or letter in _ABORTS or (self._held == "\x1b" and letter == "\\")
        if ends or (self.deadline is not None and now >= self.deadline):
            self._ground()
        else:
            self._held = letter

    def _paste(self, text: str, position: int, now: float) -> int:
        held = len(self._held)
        body = self._held + text[position:]
        end = body.find(_PASTE_END, max(0, held - len(_PASTE_END)))
        if end >= 0:
            self._ground()
            self._emit(Kind.PASTE, body[: min(end, PASTE_LIMIT)], cut=self._cut or end > PASTE_LIMIT)
            return position + end + len(_PASTE_END) - held
        if len(body) > PASTE_LIMIT + len(_PASTE_END):
            self._cut = True
            body = body[:PASTE_LIMIT] + body[-len(_PASTE_END) :]
        self._hold(_State.PASTE, body, now + PASTE_WAIT)
        return len(text)


def _is_whole(held: str) -> bool:
    """Whether a sequence that begins like `held` ends here (ECMA-48, and what two old terminals do instead)."""
    last = held[-1]
    if held.startswith("\x1bO"):
        return not last.isdigit()
    if held.startswith("\x1b[M"):  # mouse of before 1985: three bytes follow
        return len(held) == 6
    if held == "\x1b[[":  # the Linux console's F1 to F5: one letter follows
        return False
    return "@" <= last <= "~"
