"""One visitor's sitting: decides which page is next, and little else."""

from __future__ import annotations

import gc
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import kiosk
from kiosk.sitting import pages
from kiosk.sitting.flow import Flow
from kiosk.sitting.reading_app import ReadingApp
from kiosk.sitting.screens.page import Page
from kiosk.sitting.visit import Visit
from kiosk.sitting.ways import turn
from kiosk.sitting.words import Words
from kiosk.terminal.control import QUIT, START_CLERK, Control
from kiosk.terminal.scrollbar import use_plain_scrollbars

if TYPE_CHECKING:
    from kiosk.sitting.keeping import Keeper
    from kiosk.sitting.printing import Printing
    from kiosk.sitting.snapshot import Snapshot
    from schema.pack import Page as PackPage


def stylesheet() -> Path:
    """Return where `kiosk.tcss` lies: beside the packages in a checkout, inside ours once installed."""
    inside = Path(kiosk.__file__).with_name("kiosk.tcss")
    return inside if inside.exists() else inside.parents[1] / "kiosk.tcss"


class SittingApp(ReadingApp):
    """The app of one visitor. It ends with her."""

    CSS_PATH = stylesheet()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(self, snapshot: Snapshot, control: Control | None = None) -> None:
        super().__init__(snapshot, control)
        use_plain_scrollbars()
        self.visit = Visit(pack=snapshot.pack, role=snapshot.settings.role, language=self.words.language)
        self.flow = Flow(self.visit)

    @cached_property
    def keeper(self) -> Keeper:
        """Holds the number that would be hers. Loaded after the home page, which needs none."""
        from kiosk.sitting.clerkline import ClerkLine
        from kiosk.sitting.keeping import Keeper

        return Keeper(self._snapshot, self.start_clerk, None if self.control is None else ClerkLine())

    @cached_property
    def printing(self) -> Printing | None:
        """Puts sheets on paper; `None` where this station has no printer, or the pack has no words about paper."""
        from kiosk.sitting.printing import printing

        return printing(self)

    def on_mount(self) -> None:
        """Follow the visitor from page to page."""
        self.run_worker(self._visit(), name="visit")

    async def _visit(self) -> None:
        """Show one page after the other, as `flow` decides, until the sitting is ended from outside."""
        while True:
            outcome = await self.push_screen_wait(pages.page_for(self, self.flow.step))
            turn(self.flow, outcome.goes)
            # a page that was left is a ring of widgets: until Python looked by itself, several would lie in memory
            gc.collect()

    def refresh_css(self, animate: bool = True) -> None:
        """Follow another theme. Before the first page its colours are only noted: the stylesheet is parsed once."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    # What pages ask for

    def page(self, page_id: str) -> PackPage:
        """Return one of the pack's pages of words. Raises `StopIteration` when the pack has none by this id."""
        return next(each for each in self.pack.pages if each.id == page_id)

    def explain(self, text: str) -> None:
        """Show a text in a window over the page."""
        from widgets.help import Help

        self.push_screen(Help(text, self.words("keys-help"), self.words("close")))

    def show_cards(self) -> None:
        """Lay the cards for staff over the page."""
        from kiosk.sitting.screens.staff import StaffCards

        self.push_screen(StaffCards(self))

    def pause(self) -> None:
        """Blank the page until F9 (MO-38)."""
        from kiosk.sitting.screens.dialogs import Paused

        if self.aloud is not None:
            self.aloud.stop()
        self.push_screen(Paused(self.words))

    def choose_language(self) -> None:
        """Ask for a language, each in its own name."""
        from kiosk.sitting.screens.dialogs import PickOne

        spoken = [language.code for language in self.pack.languages]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.speak(spoken[place])

        names = [language.name for language in self.pack.languages]
        self.push_screen(
            PickOne(self.words("language-title"), names, spoken.index(self.words.language), self.words), chosen
        )

    def choose_word(self) -> None:
        """Ask what she calls the person it is about (OR-05)."""
        from kiosk.sitting.screens.dialogs import PickOne

        def chosen(place: int | None) -> None:
            if place is not None:
                self.call_someone(place)

        labels = [self.words.of(each.label) for each in self.pack.person_words]
        self.push_screen(PickOne(self.words("someone-title"), labels, self.words.someone, self.words), chosen)

    def speak(self, code: str) -> None:
        """Go on in another language; nothing that was said is lost."""
        self._say_anew(Words(self.pack, code, self.words.someone))

    def call_someone(self, word: int) -> None:
        """Use another of the pack's words for the person it is about, on every page from now on (OR-05)."""
        self._say_anew(Words(self.pack, self.words.language, word))

    def _say_anew(self, words: Words) -> None:
        self.words = words
        self.visit.language = words.language
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                self.call_later(screen.say_in_another_language)

    def quit_kiosk(self) -> None:
        """End the whole kiosk, where the operator left that on."""
        if self.settings.quit:
            self._send(QUIT)

    # What the supervisor tells

    def ready(self) -> None:
        """Say that the home page is painted; then have the other pages at hand before anybody asks for one."""
        super().ready()
        self.call_later(self._loaded)

    def _loaded(self) -> None:
        """Load what is left; from now on rubbish is looked for, and only among what comes after this."""
        pages.import_rest()
        _ = self.keeper
        gc.freeze()
        gc.enable()

    def idle_warning(self) -> None:
        """Ask whether anybody is still there."""
        from widgets.still_there import StillThere

        if not isinstance(self.screen, StillThere):
            self.push_screen(StillThere(self.words("idle-title"), self.words("idle-body")))

    def start_clerk(self) -> None:
        """Have the clerk started: the visitor looks at the review page."""
        self._send(START_CLERK)
