"""`kiosk directory` in full screen: the list of providers, one of them, and back; each Save is on disk at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from kiosk.directory.area_file import read, write
from kiosk.directory.editor.pages import ProviderPage, ProvidersPage
from kiosk.errors import KioskError
from kiosk.paths import Place
from kiosk.terminal.app import PrivateApp
from kiosk.terminal.control import Control
from kiosk.terminal.scrollbar import use_plain_scrollbars
from kiosk.terminal.stylesheet import stylesheet
from kiosk.vault.locks import one_at_a_time


class DirectoryApp(PrivateApp):
    """Show the registry, change it, say what it lacks."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [stylesheet(), Path(__file__).with_name("editor.tcss")]

    def __init__(
        self, control: Control | None, place: Place, counties: Sequence[str], languages: Sequence[str]
    ) -> None:
        super().__init__(control)
        use_plain_scrollbars()
        self._place, self._counties, self._languages = place, counties, languages

    def on_mount(self) -> None:
        """Show the list."""
        self.run_worker(self._walk(), exclusive=True)

    async def _walk(self) -> None:
        said = ""
        while True:
            area = read(self._place.area_toml)
            answer = await self.push_screen_wait(ProvidersPage(area, self._counties, said))
            if answer == "back":
                break
            said = await self._open(answer.removeprefix("open "))
        self.finish()

    async def _open(self, code: str) -> str:
        """Show one provider, and save it; returns what to say of it."""
        area = read(self._place.area_toml)
        taken = [each.code for each in area.providers]
        page = ProviderPage(area.find(code), taken, self._counties, self._languages)
        if await self.push_screen_wait(page) == "back" or page.provider is None:
            return "Nothing was changed."
        try:
            with one_at_a_time(self._place):
                write(self._place.area_toml, read(self._place.area_toml).put(page.provider))
        except KioskError as error:
            return f"Nothing was changed. {error} {error.hint}"
        return f"{page.provider.code} was saved."
