"""The home page: community resources (MO-40). What a passer-by sees, and what panic shows. No word about violence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from kiosk.sitting.directory import on_home
from kiosk.sitting.pages.elements import AFRESH, LEAVE, Block, Kind, Say
from kiosk.sitting.pages.interpreter import InterpreterPage, page_of
from kiosk.sitting.pages.page import Act, Doing, Open, Page, Reply, nothing_more
from kiosk.speech.texts import service as as_read
from schema.services import Service

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


def entry(service: Service) -> Block:
    """Return one service as a block; its text can be listened to."""
    note = f" ({service.note})" if service.note else ""
    return Block(f"{as_read(service.label, service.phone, service.does)}{note}", Kind.SERVICE, service=service)


class Home(Page):
    """Services in the county, and a plain way in, as it stands on any list of housing services.

    It is also what a passer-by sees of a page that is paused, letter by letter (`Decoy`).
    """

    name = "home"
    enter_goes_on = False
    enter_word = "line-home-enter"
    private = False
    heading = "home-title"
    common = ("why", "language", "leave", "voice")
    key_words = {"why": "key-help", "leave": "key-clear"}
    go_on_word = "start"
    help_words = "home-keys", "line-home-help"
    numbers_going_on = "first"
    by_kind = False
    """Whether services are sorted by what they help with, else by name."""

    def services(self) -> list[Service]:
        """Return the services of the county, in the order that was chosen."""
        return on_home(self.visit, self.words, by_kind=self.by_kind)

    def blocks(self) -> Iterable[Block]:
        """List the services."""
        words = self.words
        yield Block("", Kind.TITLE, line=words("home-title"))
        yield Block(words("home-where", county=self.visit.county or words("all-counties")), Kind.WHERE)
        yield Block(words("sorted-by-kind" if self.by_kind else "sorted-by-name"), Kind.WHERE)
        yield Block(words("call-first-all"), Kind.WHERE)
        yield from map(entry, self.services())

    def why(self) -> str:
        """Say what this page is."""
        return self.words("line-home-help" if self.sitting.by_line else "home-help")

    def acts(self) -> Iterable[Act]:
        """Offer the county, every other language in its own name, an interpreter, another order."""
        narrow, word = self.county, "county-button"
        yield Act("county", narrow, word, key="C", hint="key-county", also=("c",), typed=True, numbered=True)
        yield Act("sort", self.sort, key="S", hint="key-sort", also=("s",), typed=True)
        for language in self.sitting.pack.languages:
            if language.code != self.words.language:
                speak = partial(self.speak, language.code)
                yield Act(f"language-{language.code}", speak, label=language.name, numbered=True)
        if page_of(self.sitting.pack) is not None:
            ask, word = self.interpreter, "key-interpreter"
            yield Act("interpreter", ask, word, key="I", hint=word, also=("i",), numbered=True)
        if self.sitting.printing is not None:
            yield Act("paper", self.paper, "paper-list", numbered=True)

    def proceed(self) -> Doing:
        """Enter alone opens nothing: it says what does."""
        return Say(self.wrong_key())

    def wrong_key(self) -> str:
        """Say what can be done with the list."""
        return self.words("line-home-enter" if self.sitting.by_line else "home-keys")

    def not_understood(self, text: str) -> str:
        """Say the same to whatever is typed."""
        return self.wrong_key()

    def paper(self) -> Reply:
        """Put the list on paper, where there is a printer."""
        return "open-paper"

    def told(self, place: int) -> Reply:
        """Say one service of the list in a sentence."""
        service = self.services()[place]
        return Say(f"{service.label}: {service.phone}. {service.does}")

    def county(self) -> Reply:
        """Choose the county whose services are listed."""
        from kiosk.sitting.pages.county import CountyPage

        return Open(CountyPage(self.sitting), nothing_more)

    def sort(self) -> Reply:
        """Sort by name or by what a service helps with."""
        self.by_kind = not self.by_kind
        return AFRESH

    def speak(self, code: str) -> Reply:
        """Speak another language."""
        self.sitting.speak(code)
        return AFRESH

    def interpreter(self) -> Reply:
        """Say how to ask for an interpreter, in every language (OR-14)."""
        return Open(InterpreterPage(self.sitting), nothing_more)


class Decoy(Home):
    """The home page laid over a page that is paused (MO-38). Only the gesture that she chose takes hers up again.

    Whoever presses the way in instead is the next visitor: her sitting ends, as with F12.
    """

    name = "paused"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._hers = sitting.visit.county, sitting.words.language
        self._last = ""

    def go_on(self) -> Doing:
        """End her sitting: somebody else begins one."""
        return LEAVE

    def paper(self) -> Reply:
        """End her sitting, too: what follows is a page of the next."""
        return LEAVE

    def pressed(self, key: str) -> bool:
        """Take a key in, such as `F9`. Says whether it ended the gesture: then her page is there again, as it was."""
        last, self._last = self._last, key
        if (last, key) != self.sitting.gesture:
            return False
        county, language = self._hers
        self.visit.county = county
        if language != self.words.language:
            self.sitting.speak(language)
        return True


class Waiting(Home):
    """The home page laid over one that nobody touched for long."""

    name = "waiting"
