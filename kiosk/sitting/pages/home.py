"""The home page: community resources (MO-40). What a passer-by sees, and what panic shows. No word about violence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from kiosk.sitting.directory import on_home
from kiosk.sitting.pages.interpreter import InterpreterPage, page_of
from kiosk.sitting.pages.page import AFRESH, Act, Block, Kind, Open, Page, Reply, nothing_more
from kiosk.speech.texts import service as as_read
from schema.services import Service


def entry(service: Service) -> Block:
    """Return one service as a block; its text can be listened to."""
    note = f" ({service.note})" if service.note else ""
    return Block(f"{as_read(service.label, service.phone, service.does)}{note}", Kind.SERVICE, service=service)


class Home(Page):
    """Services in the county, and a quiet way into a private conversation."""

    name = "home"
    private = False
    heading = "home-title"
    common = ("why", "language", "pause", "leave", "voice")
    key_words = {"why": "key-help", "leave": "key-clear"}
    go_on_word = "start"
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
