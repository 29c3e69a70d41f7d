"""News for whoever has number and words: one page, and but for one paragraph the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.sitting.directory import service, where_to_ask
from kiosk.sitting.enquiry import Refusal, Told
from kiosk.sitting.pages.elements import AFRESH, Block, Kind, Say
from kiosk.sitting.pages.home import entry
from kiosk.sitting.pages.page import Doing, Page, Reply

if TYPE_CHECKING:
    from kiosk.news.edition import News
    from kiosk.sitting.sitting import Sitting


class NewsPage(Page):
    """Looks up once, when it comes; going on leads back to the choices."""

    name = "news"
    private = False
    go_on_word = "news-back"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._answer: Told | Refusal | None = None

    def blocks(self) -> Iterable[Block]:
        """Say what there is, and where to ask: both stand there in any case."""
        words = self.words
        yield Block(words("news-title"), Kind.TITLE)
        yield Block(self._paragraph(), Kind.STATE)
        yield Block(self._age(), Kind.HINT)
        yield Block(words("news-ask"), Kind.SECTION)
        for resource in where_to_ask(self.sitting.pack, self.visit.county):
            yield entry(service(resource, words))

    def _paragraph(self) -> str:
        answer = self._answer
        if answer is None:
            return self.words("news-looking")
        if isinstance(answer, Refusal):
            return self.words(answer.value)
        return " ".join(map(self._said, answer.news)) or self.words("news-none")

    def _age(self) -> str:
        return self.words("news-old") if isinstance(self._answer, Told) and self._answer.old else ""

    def _said(self, news: News) -> str:
        month = self.words(f"month-{news.day.month:02d}", year=news.day.year)
        day = self.words("news-day", day=news.day.day, month=month)
        return self.words(f"news-code-{int(news.code)}", day=day, agency=self._agency(news.agency))

    def _agency(self, mark: bytes) -> str:
        """Whom to call, where this station knows the agency's code."""
        from kiosk.news.edition import mark_of

        known = next((each for each in self.sitting.snapshot.agencies if mark_of(each.code) == mark), None)
        if known is None:
            return self.words("news-agency")
        label = self.words.of(known.label)
        return f"{label} ({known.telephone})" if known.telephone else label

    def arrive(self) -> Doing:
        """Look up; the page that stands there meanwhile says so."""
        if self._answer is not None:
            return None
        self.busy = True
        return self._look_up()

    async def _look_up(self) -> Reply:
        claim = self.sitting.claim
        assert claim is not None
        try:
            self._answer = await self.sitting.enquiry.ask(claim)
        finally:
            self.busy = False
        return Say(f"{self._paragraph()} {self._age()}".strip()) if self.sitting.by_line else AFRESH

    def go_on(self) -> Reply:
        """Go back to the choices."""
        return "back"
