"""The loop of a line sitting: say a page, take a line, do what it means. `flow` alone decides what comes next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.sitting.flow import Flow
from kiosk.sitting.line import commands
from kiosk.sitting.line.asides import Asides
from kiosk.sitting.line.drawing import Drawing
from kiosk.sitting.line.glass import Glass
from kiosk.sitting.line.page import AFRESH, Answer, Page
from kiosk.sitting.line.reader import Reader, Said
from kiosk.sitting.line.which import page_for
from kiosk.sitting.visit import Visit
from kiosk.sitting.ways import turn
from kiosk.sitting.words import Words
from kiosk.terminal.control import QUIT, START_CLERK

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud
    from kiosk.sitting.clerkline import ClerkLine
    from kiosk.sitting.keeping import Keeper
    from kiosk.sitting.printing import Printing
    from kiosk.sitting.snapshot import Snapshot
    from kiosk.terminal.control import Control
    from schema.pack import Page as PackPage


class LineFace(Asides):
    """One visitor's sitting, line by line. It ends with her."""

    def __init__(self, snapshot: Snapshot, glass: Glass, control: Control, aloud: Aloud | None = None) -> None:
        self.snapshot = snapshot
        self.settings = snapshot.settings
        self.pack = snapshot.pack
        self.glass = glass
        self.reader = Reader(glass)
        self.control = control
        self.aloud = aloud
        """What reads aloud; `None` on a station without a voice."""
        self.words = Words(snapshot.pack, snapshot.settings.language)
        """What pages say, in the language spoken now."""
        self.visit = Visit(pack=snapshot.pack, role=snapshot.settings.role, language=self.words.language)
        self.flow = Flow(self.visit)
        self.page: Page | None = None
        """The page that is being read."""
        self.clerk: ClerkLine | None = None
        """The clerk's line, where there is a clerk."""
        self._drawing = Drawing(glass)
        self._warned = False

    @cached_property
    def keeper(self) -> Keeper:
        """Holds the number that would be hers. Loaded after the home page, which needs none."""
        from kiosk.sitting.keeping import Keeper

        return Keeper(self.snapshot, lambda: self.control.send(START_CLERK), self.clerk)

    @cached_property
    def printing(self) -> Printing | None:
        """Puts sheets on paper; `None` where this station has no printer, or the pack has no words about paper."""
        from kiosk.sitting.printing import printing

        return printing(self)

    async def run(self) -> None:
        """Show one page after the other until she leaves (`Left`)."""
        while True:
            turn(self.flow, await self.serve(page_for(self, self.flow.step)))

    async def serve(self, page: Page) -> str:
        """Read one page out and take lines until one of them ends it. Returns how it was left."""
        outer, self.page = self.page, page
        try:
            self._draw(page)
            page.shown()
            answer = await page.arrived()
            while True:
                if answer == AFRESH:
                    self.page = page
                    self._draw(page)
                elif answer is not None:
                    return answer
                answer = await self._answer(page)
        finally:
            self.page = outer

    async def _answer(self, page: Page) -> Answer:
        said = await self.reader.ask(page)
        known = page.commands()
        if said.key:
            return await known[commands.KEYS[said.key]]()
        if said.quits:
            return self._quit()
        if said.cut:
            self.glass.say([self.words("line-too-long", count=page.limit)])
        return await self._meaning(page, said)

    async def _meaning(self, page: Page, said: Said) -> Answer:
        text = said.text.strip()
        if not text:
            return await page.go_on()
        known = {**page.commands(), "more": self.more} if self._drawing.rest else page.commands()
        command = commands.find(text, known, self.words)
        if command is not None:
            return await known[command]()
        if page.is_field:
            return await page.take(text)
        chosen = page.keys().meant(text)
        if chosen is not None:
            return await page.choose(chosen)
        return self.say("line-no-number") if text.isascii() and text.isdigit() else await page.take(text)

    # What pages ask for

    def page_of(self, page_id: str) -> PackPage:
        """Return one of the pack's pages of words. Raises `StopIteration` when the pack has none by this id."""
        return next(each for each in self.pack.pages if each.id == page_id)

    def interrupt(self, text: str) -> None:
        """Say something while a line is being typed, and let her go on typing below it."""
        if not self._warned:
            self.glass.say([text])
            self.reader.again()

    def say(self, key: str, **values: object) -> Answer:
        """Say one sentence of the pack below the page."""
        self.glass.say([self.words(key, **values)])
        self._aloud_too(self.words(key))
        return None

    def _aloud_too(self, *texts: str) -> None:
        if self.aloud is not None:
            self.aloud.read(((0, text) for text in texts), self.words, after=True)

    def unknown(self) -> Answer:
        """Say that a line was not understood, and that nothing is lost."""
        return self.say("line-unknown", word=commands.spoken("help", self.words))

    async def more(self) -> Answer:
        """Go on with a page that did not fit."""
        self._drawing.piece()
        return None

    def speak(self, code: str) -> None:
        """Go on in another language."""
        self.words = Words(self.pack, code, self.words.someone)
        self.visit.language = self.words.language

    def _quit(self) -> Answer:
        """End the whole kiosk, where the operator left that on."""
        if self.settings.quit:
            self.control.send(QUIT)
        return None

    # What the glass shows

    def _draw(self, page: Page) -> None:
        """Empty the glass and say the page from its beginning, as much as fits; read it aloud where she wants that."""
        self._drawing.begin(page, self.words, practice=self.settings.practice)
        if self.aloud is not None:
            self.aloud.read(self._drawing.spoken, self.words)

    def again(self) -> None:
        """Show what is there once more, on an empty glass; from the page's beginning if the glass changed its size."""
        if self._warned:
            self._warning()
        elif self.page is not None:
            if self.glass.measure():
                self._draw(self.page)
            else:
                self.glass.again()
            self.reader.again()

    def resized(self) -> None:
        """Follow another size of the terminal."""
        if self.glass.changed():
            self.again()

    def warn(self) -> None:
        """Say that the sitting ends soon, and nothing else."""
        self._warned = True
        self._warning()

    def _warning(self) -> None:
        warning = self.words("idle-title"), self.words("idle-body")
        self.glass.cover(warning)
        self._aloud_too(*warning)

    def typed(self, data: bytes, now: float) -> None:
        """Take in what the terminal sent. At the warning it only shows that somebody is there."""
        if self._warned:
            self._warned = False
            if self.page is not None:
                self._draw(self.page)
            self.reader.again()
        else:
            self.reader.feed(data, now)
