"""A page of the conversation, for both faces: what it says, what can be chosen or typed, and how it can be left."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from kiosk.sitting.pages.elements import AFRESH, Block, Field, Kind, Offer, Say
from kiosk.sitting.steps import PARTS
from schema.choosing import Keys

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from kiosk.sitting.visit import Visit
    from kiosk.sitting.words import Words

SECOND_THOUGHT: Final = 0.4
"""Seconds after which another Enter is another decision; a key that is held repeats much sooner."""


@dataclass(frozen=True, slots=True)
class Open:
    """The reply that another page be laid over this one; `then` turns how it was left into this page's reply."""

    page: Page
    then: Callable[[str], Reply]


Reply = str | Say | Open | None
"""What a page answers: how it is left (`transitions.turn`), `AFRESH`, `LEAVE`, more to do, or nothing to do."""
Doing = Reply | Awaitable[Reply]
"""A reply, or one that takes a while; the page is `busy` meanwhile."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done on a page: by a button, a key, a number or a typed word."""

    id: str
    """Its name; where `typed`, the English word that does it line by line (`line-` and this name in the pack)."""
    do: Callable[[], Doing]
    button: str = ""
    """Key of the words on its button; empty for none."""
    label: str = ""
    """The words on its button, where they are no word of the pack (a language's own name)."""
    key: str = ""
    """Its key as it stands on a keyboard."""
    hint: str = ""
    """Key of the words beside its key in the last line."""
    also: tuple[str, ...] = ()
    """Further keys, by Textual's names."""
    typed: bool = False
    numbered: bool = False
    """Whether it has a number line by line, after what can be chosen."""
    main: bool = False
    """Whether it weighs as much as going on."""
    asks: bool = False
    """Whether the page's fields are asked for first, line by line."""


def nothing_more(goes: str) -> Reply:
    """Take up a page again after one that was laid over it."""
    return AFRESH if goes in ("next", "back", "hide") else goes


class Page:
    """A page. It changes the visit, and says which way it was left."""

    name: ClassVar[str] = "page"
    """What tests and styles call it."""
    private: bool = True
    """Whether the page stands behind the privacy gate; before it, nothing can have changed."""
    heading: str = "conversation"
    """Key of the quiet title in the first line of the full screen."""
    common: tuple[str, ...] = ("why", "changed", "language", "back", "staff", "pause", "leave", "voice")
    """What can be done here as on other pages."""
    key_words: ClassVar[dict[str, str]] = {}
    """Other words than usual for a common key."""
    ticks: ClassVar[bool] = False
    """Whether any number of the offers can be chosen, and choosing again takes one back."""
    clearable: ClassVar[bool] = False
    """Whether a choice can be taken back."""
    enter_goes_on: ClassVar[bool] = True
    """Whether Enter alone leads anywhere line by line; where it does not, `enter_word` says what does."""
    enter_word: ClassVar[str] = ""
    """Key of what is said line by line in place of what Enter does."""
    open_question: ClassVar[bool] = False
    """Whether going on with nothing chosen passes something over: the page says so once, and then it does."""
    read_first: ClassVar[bool] = True
    """Whether going on waits until all that can be chosen was on the glass, where it does not fit."""
    help_words: tuple[str, str] = "keys-help", "line-keys-help"
    """Keys of the words that say what the keys do here, on the full screen and line by line."""
    numbers_going_on: ClassVar[str] = ""
    """Whether going on has a number of its own line by line: `first`, `last`, or empty for none."""
    go_on_word: str = "go-on"
    """Key of the words for what Enter does."""
    busy: bool = False
    """Whether something is under way that ends first: nothing but leaving and pausing is done meanwhile."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.chosen: int | None = None
        """Which of the offers is chosen."""
        self.place: int | None = None
        """Where she was in the list of offers, though nothing is chosen."""
        self._pressed: float | None = None
        """When she last wanted to pass the open question over, by a clock that only goes on."""
        self.news: Callable[[str], None] = lambda text: None
        """Tells the face a sentence while the page is busy."""

    @property
    def words(self) -> Words:
        """The pack's words in the language spoken now."""
        return self.sitting.words

    @property
    def visit(self) -> Visit:
        """What she said so far."""
        return self.sitting.visit

    # What a page says

    def above(self) -> str:
        """Return what stands above the page: which part of the way it is in, else what this is."""
        part = self.sitting.flow.part if self.private or self.heading == "conversation" else 0
        return self.words("part-of", part=part, parts=PARTS) if part else self.words(self.heading)

    def blocks(self) -> Iterable[Block]:
        """Yield title and paragraphs, in the order of reading."""
        return ()

    def pack_page(self, page_id: str) -> Iterable[Block]:
        """Yield one of the pack's pages of words."""
        page = self.sitting.page_of(page_id)
        yield Block(self.words.of(page.title), Kind.TITLE)
        yield from (Block(self.words.of(paragraph)) for paragraph in page.body)

    def why(self) -> str:
        """Return why this very page is here, and what holds on each of them."""
        return " ".join((self.words(f"why-{self.name}"), self.words("why-default")))

    # What can be chosen, typed and done

    def offers(self) -> Sequence[Offer]:
        """Return what can be chosen."""
        return ()

    def keys(self) -> Keys:
        """Return what is typed for each offer."""
        return Keys(len(self.offers()))

    def fields(self) -> Sequence[Field]:
        """Return what can be typed in."""
        return ()

    def acts(self) -> Iterable[Act]:
        """Yield what can be done here and not on every page, in the order of the buttons."""
        return ()

    @property
    def staffed(self) -> bool:
        """Whether somebody who works here is with her, and the pack has cards for them."""
        return self.private and "staff" in self.common and bool(self.visit.cards)

    # What happens

    def arrive(self) -> Doing:
        """Do by itself what has to be done once the page is there."""
        return None

    def pick(self, index: int | None) -> Reply:
        """Mark one of the offers as chosen; `None` takes the choice back."""
        self.chosen = index
        return None

    def clear(self) -> Reply:
        """Take the choice back, and say so."""
        self.pick(None)
        return Say(self.words("cleared"))

    def answer(self, index: int) -> Doing:
        """Mark an offer and do at once what it means: a number, line by line."""
        said = self.pick(index)
        return (said or AFRESH) if self.ticks else said if said is not None else self.go_on()

    def typed(self, text: str) -> Doing:
        """Take words that are no command and no choice, line by line; `None` for words that mean nothing here."""
        return None

    def put(self, field: str, text: str) -> None:
        """Take what stands in a field."""

    def go_on(self) -> Doing:
        """Go on with what was said so far."""
        return "next"

    def proceed(self) -> Doing:
        """Go on as Enter does; an open question is passed over only some time after the page has said so.

        A key that is held, or pressed twice by a tired hand, is no second decision.
        """
        if not self.open_question or self.chosen is not None:
            return self.go_on()
        return self.asked_twice("pass-over", self.go_on)

    def asked_twice(self, word: str, do: Callable[[], Doing]) -> Doing:
        """Say under `word` what would be lost; do it when she asks for it again, after a while without asking."""
        before, self._pressed = self._pressed, time.monotonic()
        if before is None:
            return Say(self.words(word))
        return do() if self._pressed - before >= SECOND_THOUGHT else None

    def keys_help(self) -> str:
        """Return what the keys do here, her own among them."""
        first, second = self.sitting.gesture
        return self.words(self.help_words[self.sitting.by_line], first=first, second=second)

    def wrong_key(self) -> str:
        """Return what is said to a key that does nothing here."""
        return self.words("wrong-key")

    def other_key(self) -> Reply:
        """Answer a key that does nothing here."""
        return Say(self.wrong_key())

    def not_understood(self, text: str) -> str:
        """Return what is said to a typed line that means nothing here."""
        if text.isascii() and text.isdigit():
            return self.words("line-no-number")
        return self.words("line-unknown", word=self.words("line-help"))

    def back(self) -> Reply:
        """Go back one page."""
        return "back"

    def changed(self) -> Reply:
        """Say that something changed (MO-18)."""
        return "changed"

    def explain(self) -> Reply:
        """Say why this page is here."""
        return Open(Note(self, self.why()), nothing_more)


class Note(Page):
    """Something to read in between; going on comes back to the page."""

    name = "note"
    go_on_word = "close"

    def __init__(self, of: Page, *texts: str) -> None:
        super().__init__(of.sitting)
        self._texts = texts
        self.private, self.heading, self.help_words = of.private, of.heading, of.help_words
        self.common = tuple(each for each in ("back", "pause", "leave") if each == "back" or each in of.common)

    def blocks(self) -> Iterable[Block]:
        """Say them."""
        return map(Block, self._texts)
