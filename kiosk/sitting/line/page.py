"""What every page of a line sitting shares: what it says, what can be chosen, and the words that mean something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from kiosk.sitting.line.editor import LINE_LENGTH
from schema.choosing import Keys

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from kiosk.sitting.visit import Visit
    from kiosk.sitting.words import Words

AFRESH: Final = ""
"""What a page answers that is to be read out again from its beginning."""

Answer = str | None
"""How a page is left (`kiosk.sitting.ways.turn`), `AFRESH`, or `None` to go on listening."""
Command = Callable[[], Awaitable[Answer]]


class Left(Exception):
    """She leaves: the same end as panic."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered line."""

    label: str
    help: str = ""
    chosen: bool = False
    caution: str = ""
    """Said before the label."""


class Page:
    """A page of the conversation. It changes the visit, and says which way it was left."""

    private: ClassVar[bool] = True
    """Whether the page stands behind the privacy gate; before it, nothing can have changed."""
    go_on_word: str = "go-on"
    """Key of the words for what Enter does."""
    has_foot: ClassVar[bool] = True
    """Whether the page ends with what Enter does and which words there are."""
    is_field: ClassVar[bool] = False
    """Whether what is typed is kept as it is, digits too."""
    may_quit: ClassVar[bool] = False
    """Whether an operator's Ctrl+Q means something here."""
    limit: int = LINE_LENGTH
    """Letters that an answer may have."""
    masked: bool = False
    """Whether stars are shown instead of what is typed."""

    def __init__(self, face: LineFace) -> None:
        self.face = face
        self.begun = ""
        """What was typed of a line when a key cut in."""

    @property
    def words(self) -> Words:
        """The pack's words in the language spoken now."""
        return self.face.words

    @property
    def visit(self) -> Visit:
        """What she said so far."""
        return self.face.visit

    # What a page says

    def blocks(self) -> Iterable[str]:
        """Yield title and paragraphs."""
        return ()

    def choices(self) -> Sequence[Choice]:
        """Return what can be chosen by number."""
        return ()

    def keys(self) -> Keys:
        """Return what is typed for each choice."""
        return Keys(len(self.choices()))

    def why(self) -> str:
        """Return why this page is here."""
        return self.words("why-default")

    def shown(self) -> None:
        """Do what has to be done once the page is on the glass for the first time."""

    async def arrived(self) -> Answer:
        """Answer by itself, before she does; by default, listen."""
        return None

    # What can be typed

    def commands(self) -> Mapping[str, Command]:
        """Return every word that means something here (`commands.ORDER`), with what it does."""
        always: dict[str, Command] = {
            "go-on": self.go_on,
            "why": self.explain,
            "back": self.back,
            "language": self.face.choose_language,
            "pause": self.face.pause,
            "help": self.face.help,
            "leave": self.leave,
        }
        if self.face.aloud is not None:
            always["read"] = self.face.read
            if self.face.aloud.on:
                always["quiet"] = self.face.hush
        if self.private:
            always["changed"] = self.changed
            if self.visit.cards:
                always["staff"] = self.face.show_cards
        return always

    async def go_on(self) -> Answer:
        """Go on with what was said so far: Enter alone."""
        return "next"

    async def choose(self, index: int) -> Answer:
        """Take a choice, counted from 0."""
        raise NotImplementedError

    async def take(self, text: str) -> Answer:
        """Take words that are no command of this page; by default, say so."""
        return self.face.unknown()

    async def back(self) -> Answer:
        """Go back one page."""
        return "back"

    async def changed(self) -> Answer:
        """Say that something changed (MO-18)."""
        return "changed"

    async def explain(self) -> Answer:
        """Say why this page is here."""
        return await self.face.tell(self.why())

    async def leave(self) -> Answer:
        """End the sitting at once."""
        raise Left
