"""The line that is awaited: acts in, in their order; a whole line out."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kiosk.sitting.line.editor import Editor
from kiosk.sitting.line.key_acts import Act, Reading, Typed

if TYPE_CHECKING:
    from kiosk.sitting.line.glass import Glass

AHEAD: Final = 20_000
"""Letters that may wait while nobody asks for a line; what comes beyond is dropped."""


class Left(Exception):
    """She leaves: the same end as panic."""


@dataclass(slots=True)
class Listening:
    """What may be typed now."""

    limit: int
    """Letters that an answer may have."""
    masked: bool
    """Whether stars are shown instead of what is typed."""
    may_quit: bool
    """Whether an operator's Ctrl+Q means something."""
    begun: str = field(default="", repr=False)
    """What was typed of a line when a key cut in."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line, or the key that cut in."""

    text: str = field(default="", repr=False)
    key: str = ""
    """`F1` to `F10` for a key."""
    cut: bool = False
    """Whether more was typed than is kept."""
    quits: bool = False
    """Whether it was the operator's Ctrl+Q on an empty line."""


class Reader:
    """Shows what is typed once, as it is typed."""

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self._reading = Reading()
        self._waiting: deque[Typed] = deque()
        self._letters = 0
        self._came = asyncio.Event()
        self._editor: Editor | None = None
        self.listening = False
        """Whether everything that was typed is dealt with."""

    def feed(self, data: bytes, now: float) -> None:
        """Take in bytes; `now` is seconds on a monotonic clock."""
        editor = self._editor
        if editor is not None and editor.full and not self._waiting and self._reading.is_flood(data):
            editor.cut = True
            return
        for typed in self._reading.read(data, now):
            self._letters += len(typed.text) + 1
            if self._letters <= AHEAD:
                self._waiting.append(typed)
        if self._waiting:
            self.listening = False
            self._came.set()

    def forget(self) -> bool:
        """Drop what was typed ahead. Says whether the key that pauses was among it, and not taken back."""
        pauses = sum(typed.act is Act.KEY and typed.text == "F9" for typed in self._waiting)
        self._waiting.clear()
        self._letters = 0
        return pauses % 2 == 1

    def again(self) -> None:
        """Show the line that is being typed once more, on a glass that was cleared."""
        if self._editor is not None:
            self._glass.echo(self._editor.again(self._glass.columns, self._glass.prompt()))

    async def ask(self, listening: Listening) -> Said:
        """Wait for a line, or for a key. Raises `Left` at the end of input."""
        glass = self._glass
        editor = self._editor = Editor(glass.columns, glass.prompt(), limit=listening.limit, masked=listening.masked)
        begun, listening.begun = listening.begun, ""
        glass.echo(editor.insert(begun))
        try:
            while True:
                said = self._act(await self._next(), editor, listening)
                if said is not None:
                    listening.begun = editor.text if said.key else ""
                    return said
        finally:
            self._editor = None

    async def _next(self) -> Typed:
        while not self._waiting:
            self._letters = 0
            self._came.clear()
            self.listening = True
            await self._came.wait()
        return self._waiting.popleft()

    def _act(self, typed: Typed, editor: Editor, listening: Listening) -> Said | None:
        match typed.act:
            case Act.LETTERS:
                self._glass.echo(editor.insert(typed.text))
            case Act.ERASE:
                self._glass.echo(editor.erase())
            case Act.ERASE_WORD:
                self._glass.echo(editor.erase_word())
            case Act.ERASE_ALL:
                self._glass.echo(editor.erase_all())
            case Act.ENTER:
                self._glass.entered()
                return Said(editor.text, cut=editor.cut)
            case Act.KEY:
                return Said(key=typed.text)
            case Act.END if not editor.text:
                raise Left
            case Act.QUIT if listening.may_quit and not editor.text:
                return Said(quits=True)
        return None
