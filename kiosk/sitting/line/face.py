"""The face without a full screen: say a page, take a line, do what it means. `flow` alone decides what comes next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from inspect import isawaitable
from typing import TYPE_CHECKING

from kiosk.sitting.line import commands
from kiosk.sitting.line.editor import LINE_LENGTH
from kiosk.sitting.line.reader import Left, Listening, Said
from kiosk.sitting.line.showing import Showing
from kiosk.sitting.line.spoken import Do, keys_of, named_by_keys, numbered, words_of
from kiosk.sitting.line.typing_page import Typing
from kiosk.sitting.pages.elements import AFRESH, LEAVE, Say
from kiosk.sitting.pages.home import Decoy
from kiosk.sitting.pages.page import Act, Doing, Note, Open, Page, Reply
from kiosk.sitting.pages.registry import page_for
from kiosk.sitting.sitting import Sitting
from kiosk.sitting.transitions import turn
from kiosk.terminal.control import QUIT

if TYPE_CHECKING:
    from kiosk.sitting.line.glass import Glass
    from kiosk.sitting.snapshot import Snapshot
    from kiosk.terminal.control import Control


class LineFace(Showing):
    """One visitor's sitting, line by line. It ends with her."""

    def __init__(self, snapshot: Snapshot, glass: Glass, control: Control) -> None:
        super().__init__(Sitting(snapshot, control, by_line=True), glass)
        self.control = control
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Show one page after the other until she leaves (`Left`)."""
        flow = self.sitting.flow
        while True:
            turn(flow, await self.serve(page_for(self.sitting, flow.step)))

    async def serve(self, page: Page) -> str:
        """Read one page out and take lines until one of them ends it. Returns how it was left."""
        outer, self.page = self.page, page
        page.news = self.say
        try:
            self.draw(page)
            goes = await self._follow(page, self._arrived(page))
            listening = self._listening(page)
            while goes is None:
                goes = await self._follow(page, await self._reply(page, listening))
            return goes
        finally:
            self.page = outer

    def _arrived(self, page: Page) -> Reply:
        """Begin what the page does by itself. It is never cut short: its answer would be taken for another's."""
        doing = page.arrive()
        if not isawaitable(doing):
            return doing
        task = asyncio.get_running_loop().create_task(self._beside(page, doing), name="arrival")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return None

    async def _beside(self, page: Page, doing: Awaitable[Reply]) -> None:
        reply = await doing
        if isinstance(reply, Say) and self.page is page:
            self.interrupt(reply.text)

    async def _follow(self, page: Page, doing: Doing) -> str | None:
        """Do what a page answers. Returns how it was left, or nothing while it stays."""
        while True:
            if isawaitable(doing):
                doing = await self._awaited(doing)
            match doing:
                case None:
                    return None
                case Say(text):
                    self.say(text)
                    return None
                case Open(inner, then):
                    doing = then(await self.serve(inner))
                    self.page = page
                case x if x == LEAVE:
                    raise Left
                case x if x == AFRESH:
                    self.draw(page)
                    return None
                case str(goes):
                    return goes

    async def _awaited(self, doing: Awaitable[Reply]) -> Reply:
        """Wait for something that takes a while, and drop what is typed meanwhile but a pause that was asked for."""
        reply = await doing
        if self.reader.forget():
            await self._pause()
            return AFRESH if isinstance(reply, Say) else reply
        return reply

    def _listening(self, page: Page) -> Listening:
        typing = page if isinstance(page, Typing) else None
        return Listening(
            limit=typing.limit if typing else LINE_LENGTH,
            masked=bool(typing and typing.masked),
            may_quit=page.name == "home",
        )

    def _own(self, page: Page) -> Mapping[str, Callable[[], Awaitable[Reply]]]:
        """Return the words that mean something on a page and are the face's affair, with what they do."""
        known: dict[str, Callable[[], Awaitable[Reply]]] = {}
        if "pause" in page.common:
            known["pause"] = self._paused
        known["leave"] = self._leave
        if "why" in page.common or isinstance(page, Typing):
            known["help"] = self._help
        aloud = self.sitting.aloud
        if aloud is not None and "voice" in page.common:
            known["read"] = self._read
            if aloud.on:
                known["quiet"] = self._hush
        if self.layout.rest:
            known["more"] = self._more
        return known

    def known(self, page: Page) -> Collection[str]:
        """Return every word that means something on a page, by its name (`commands.ORDER`)."""
        return {*words_of(page), *self._own(page)}

    async def _reply(self, page: Page, listening: Listening) -> Doing:
        said = await self.reader.ask(listening)
        if isinstance(page, Decoy) and self._resumed(page, said):
            return "next"
        if said.key:
            name = named_by_keys(page).get(said.key, "")
            return await self._command(page, name) if name in self.known(page) else page.other_key()
        if said.quits:
            return self._quit()
        if said.cut:
            self.say(self.sitting.words("line-too-long", count=listening.limit), aloud=False)
        return await self._meaning(page, said)

    async def _meaning(self, page: Page, said: Said) -> Doing:
        text, words = said.text.strip(), self.sitting.words
        if not text:
            return page.proceed()
        command = commands.find(text, self.known(page), words)
        if command is not None:
            return await self._command(page, command)
        if isinstance(page, Typing):
            return page.take(text)
        lines = numbered(page)
        chosen = keys_of(page).meant(text)
        if chosen is None:
            chosen = next((at for at, each in enumerate(lines) if commands.same(text, each.offer.label)), None)
        if chosen is not None:
            return await self._do(page, lines[chosen].do)
        taken = None if text.isascii() and text.isdigit() else page.typed(text)
        return Say(page.not_understood(text)) if taken is None else taken

    def _resumed(self, page: Decoy, said: Said) -> bool:
        """Whether a key, or the word that stands for it, ended the gesture that takes her page up again."""
        word = None if said.key else commands.find(said.text.strip(), commands.KEYS.values(), self.sitting.words)
        key = said.key or next((key for key, name in commands.KEYS.items() if name == word), "")
        return page.pressed(key)

    async def _command(self, page: Page, name: str) -> Doing:
        own = self._own(page)
        return await own[name]() if name in own else await self._do(page, words_of(page)[name])

    async def _do(self, page: Page, do: Do) -> Doing:
        """Do it; what asks for fields has them typed first, one after the other."""
        if not isinstance(do, Act):
            return do()
        if do.asks:
            from kiosk.sitting.line.plan import FieldPage

            typed: dict[str, str] = {}
            for field in page.fields():
                asking = FieldPage(self.sitting, field)
                goes = await self.serve(asking)
                self.page = page
                if goes != "next":
                    return AFRESH if goes == "back" else goes
                typed[field.id] = asking.text
            for name, text in typed.items():
                page.put(name, text)
        return do.do()

    # Words that every page knows

    async def _help(self) -> Reply:
        """Name every word that means something on this page."""
        page, words = self.page, self.sitting.words
        assert page is not None
        names = [each for each in commands.ORDER if each in self.known(page)]
        lines = [f"{commands.spoken(each, words)}: {words(f'line-does-{each}')}" for each in names]
        await self.serve(Note(page, page.keys_help(), *lines))
        return AFRESH

    async def _more(self) -> Reply:
        """Go on with a page that did not fit."""
        self.layout.piece()
        return None

    async def _pause(self) -> None:
        """Say the list of services in place of the page until she takes it up again (MO-38)."""
        self.sitting.pause(True)
        await self.serve(Decoy(self.sitting))
        self.sitting.pause(False)

    async def _paused(self) -> Reply:
        await self._pause()
        return AFRESH

    async def _leave(self) -> Reply:
        """End the sitting at once."""
        return LEAVE

    async def _read(self) -> Reply:
        """Read the page aloud, again; the first time, ask whether headphones are in."""
        aloud = self.sitting.aloud
        if aloud is not None and not aloud.on:
            from kiosk.sitting.pages.headphones import Headphones

            await self.serve(Headphones(self.sitting, aloud))
        return AFRESH

    async def _hush(self) -> Reply:
        """Read nothing aloud any more."""
        if self.sitting.aloud is not None:
            self.sitting.aloud.hush()
        return None

    def _quit(self) -> Reply:
        """End the whole kiosk, where the operator left that on."""
        if self.sitting.settings.quit:
            self.control.send(QUIT)
        return None
