"""The full-screen set-up: its pages in their order, and the way back through them."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import ClassVar

from kiosk.paths import Place
from kiosk.setup.draft import Draft
from kiosk.setup.screens.agency import AgencyPage
from kiosk.setup.screens.agency_kind import AgencyKindPage
from kiosk.setup.screens.idle import IdlePage
from kiosk.setup.screens.labels import LabelsPage
from kiosk.setup.screens.own_machine import OwnMachinePage
from kiosk.setup.screens.pack import LanguagePage, PackPage
from kiosk.setup.screens.page import SetupPage
from kiosk.setup.screens.panic_key import PanicKeyPage, TryKeyPage
from kiosk.setup.screens.passphrase import OwnPage, PassphraseKindPage, ProposedPage, RepeatPage
from kiosk.setup.screens.progress_page import DonePage, MakingPage
from kiosk.setup.screens.role import RolePage
from kiosk.setup.screens.summary import SummaryPage
from kiosk.setup.screens.welcome import Welcome
from kiosk.setup.state import Maker, SetupState
from kiosk.terminal.app import PrivateApp
from kiosk.terminal.control import Control
from kiosk.terminal.scrollbar import use_plain_scrollbars
from kiosk.terminal.stylesheet import stylesheet

QUESTIONS: tuple[type[SetupPage], ...] = (
    *(Welcome, PackPage, LanguagePage, RolePage, AgencyKindPage, LabelsPage, AgencyPage, IdlePage, PanicKeyPage),
    *(TryKeyPage, OwnMachinePage, PassphraseKindPage, ProposedPage, RepeatPage, OwnPage, SummaryPage),
)
"""Every page that asks, in order; some are left out by what was answered before."""

PAGES: tuple[type[SetupPage], ...] = (*QUESTIONS, MakingPage, DonePage)
"""Every page."""


class SetupApp(PrivateApp):
    """Ask everything, make the kiosk, say where it is."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [stylesheet(), Path(__file__).with_name("setup.tcss")]

    def __init__(self, control: Control | None, place: Place, draft: Draft, make: Maker, *, recorded: bool) -> None:
        super().__init__(control)
        use_plain_scrollbars()
        self.state = SetupState(place, draft, make, recorded, own_passphrase=bool(draft.passphrase))
        """What was chosen so far, and what it is for."""
        self._given = draft.passphrase
        """A passphrase that came from a file, so that none is asked for."""

    def on_mount(self) -> None:
        """Ask the first question."""
        self.run_worker(self._walk(), exclusive=True)

    async def _walk(self) -> None:
        """Go through the pages, back and forth, until the kiosk is made."""
        asked: list[type[SetupPage]] = []
        page: type[SetupPage] | None = Welcome
        while page is not None:
            answer = await self.push_screen_wait(page(self.state, self._progress(page)))
            if answer == "back":
                page = asked.pop() if asked else Welcome
            else:
                asked.append(page)
                page = self._after(page)
        self.finish()

    def _after(self, page: type[SetupPage]) -> type[SetupPage] | None:
        """The next page that has something to ask, `None` after the last."""
        return next((later for later in PAGES[PAGES.index(page) + 1 :] if self._asks(later)), None)

    def _asks(self, page: type[SetupPage]) -> bool:
        """Whether a page is needed, after what was answered before it."""
        if page is AgencyKindPage:
            return self.state.draft.role == "advocate"
        if page is TryKeyPage:
            return self.state.draft.panic_key is not None
        if page in (PassphraseKindPage, ProposedPage, RepeatPage, OwnPage):
            if self.state.draft.region_file is not None or self._given:
                return False
            return page is PassphraseKindPage or (page is OwnPage) == self.state.own_passphrase
        return True

    def _progress(self, page: type[SetupPage]) -> str:
        """Where a page stands among those that ask, for its title."""
        asking = [each for each in QUESTIONS if self._asks(each)]
        return f", {asking.index(page) + 1} of {len(asking)}" if page in asking else ""
