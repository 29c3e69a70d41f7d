"""Pages that any page can call in between: help, the language, the pause, staff's cards, the voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kiosk.sitting.line import commands
from kiosk.sitting.line.page import AFRESH, Answer

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud
    from kiosk.sitting.line.face import LineFace
    from kiosk.sitting.line.page import Page
    from kiosk.sitting.words import Words


class Asides:
    """Each is read out in place of the page, which then begins again."""

    words: Words
    aloud: Aloud | None
    page: Page | None

    @property
    def _face(self) -> LineFace:
        return cast("LineFace", self)

    async def serve(self, page: Page) -> str:
        """Read one page out and take lines until one of them ends it."""
        raise NotImplementedError

    async def tell(self, *texts: str) -> Answer:
        """Read out something else, and then the page again."""
        from kiosk.sitting.line.pages.told import Told

        await self.serve(Told(self._face, texts))
        return AFRESH

    async def help(self) -> Answer:
        """Name every word that means something on this page."""
        page = self.page
        assert page is not None
        names = [each for each in commands.ORDER if each in page.commands()]
        lines = [f"{commands.spoken(each, self.words)}: {self.words(f'line-does-{each}')}" for each in names]
        return await self.tell(self.words("line-keys-help"), *lines)

    async def choose_language(self) -> Answer:
        """Ask for a language; nothing that was said is lost."""
        from kiosk.sitting.line.pages.language import LanguagePage

        await self.serve(LanguagePage(self._face))
        return AFRESH

    async def show_cards(self) -> Answer:
        """Read out the cards for the staff beside her, until they are hidden."""
        from kiosk.sitting.line.pages.staff import StaffCards

        await self.serve(StaffCards(self._face))
        return AFRESH

    async def read(self) -> Answer:
        """Read the page aloud, again; the first time, ask whether headphones are in."""
        if self.aloud is not None and not self.aloud.on:
            from kiosk.sitting.line.pages.headphones import Headphones

            await self.serve(Headphones(self._face, self.aloud))
        return AFRESH

    async def hush(self) -> Answer:
        """Read nothing aloud any more."""
        if self.aloud is not None:
            self.aloud.hush()
        return None

    async def forget(self) -> bool:
        """Drop what was typed while a page was at work. A pause that was asked for begins now; says whether it did."""
        pauses = self._face.reader.forget()
        if pauses:
            await self.pause()
        return pauses

    async def pause(self) -> Answer:
        """Empty the glass until she takes it up again (MO-38)."""
        from kiosk.sitting.line.pages.paused import Paused

        await self.serve(Paused(self._face))
        return AFRESH
