"""The home page: community resources (MO-40). What a passer-by sees, and what panic shows. No word about violence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kiosk.sitting.directory import on_home
from kiosk.sitting.interpreting import page_of, said
from kiosk.sitting.line.page import AFRESH, Answer, Choice, Command, Page
from kiosk.speech.texts import service as as_read
from widgets.service import Service


def entry(service: Service) -> str:
    """Return one service as a line that can be listened to."""
    note = f" ({service.note})" if service.note else ""
    return f"{as_read(service.label, service.phone, service.does)}{note}"


class Home(Page):
    """Services in the county, and a quiet way into a private conversation."""

    private = False
    may_quit = True
    go_on_word = "start"
    by_kind = False
    """Whether services are sorted by what they help with, else by name."""

    def blocks(self) -> Iterable[str]:
        """List the services."""
        words = self.words
        yield words("home-title")
        yield words("home-where", county=self.visit.county or words("all-counties"))
        yield words("sorted-by-kind" if self.by_kind else "sorted-by-name")
        yield words("call-first-all")
        yield ""
        yield from map(entry, on_home(self.visit, words, by_kind=self.by_kind))

    def choices(self) -> Sequence[Choice]:
        """Offer the conversation, the county, every other language in its own name."""
        return [
            Choice(self.words("start")),
            Choice(self.words("county-button")),
            *map(Choice, self._others()),
            *self._interpreter(),
        ]

    def _interpreter(self) -> Sequence[Choice]:
        return [Choice(self.words("key-interpreter"))] if page_of(self.face.pack) else []

    def _others(self) -> Mapping[str, str]:
        return {each.name: each.code for each in self.face.pack.languages if each.code != self.words.language}

    def why(self) -> str:
        """Say what this page is."""
        return self.words("line-home-help")

    def commands(self) -> Mapping[str, Command]:
        """There is nothing before the home page; its list can be sorted and narrowed."""
        usual = {name: command for name, command in super().commands().items() if name != "back"}
        return usual | {"county": self.county, "sort": self.sort}

    async def choose(self, index: int) -> Answer:
        """Begin, ask for the county, or speak another language."""
        if index == 0:
            return "next"
        if index == 1:
            return await self.county()
        others = list(self._others().values())
        if index - 2 < len(others):
            self.face.speak(others[index - 2])
            return AFRESH
        title, paragraphs = said(self.face.pack, self.words.language)
        return await self.face.tell(title, *(text for each in paragraphs for text in each))

    async def county(self) -> Answer:
        """Choose the county whose services are listed."""
        from kiosk.sitting.line.pages.county import CountyPage

        await self.face.serve(CountyPage(self.face))
        return AFRESH

    async def sort(self) -> Answer:
        """Sort by name or by what a service helps with."""
        self.by_kind = not self.by_kind
        return AFRESH
