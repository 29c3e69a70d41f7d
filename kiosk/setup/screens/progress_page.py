"""The pages while the kiosk is made, and when it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.errors import KioskError
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from kiosk.setup.state import SetupState
from kiosk.terminal.text import say
from widgets.button import Button


class MakingPage(SetupPage):
    """Make the kiosk and tell each step. Going back is possible again only when it failed."""

    heading = "Making the kiosk"
    help_text = "Deriving the key from the passphrase takes a few seconds on purpose: it makes guessing slow."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", show=False)]

    def __init__(self, state: SetupState, progress: str) -> None:
        super().__init__(state, progress)
        self._steps: list[str] = []
        self._over = False

    def body(self) -> Iterable[Widget]:
        """Yield the steps, as they are done."""
        yield Static("", id="steps")
        yield error_line()

    def on_mount(self) -> None:
        """Start at once; neither button does anything meanwhile."""
        for button in self.query(Button):
            button.disabled = True
        self.run_worker(self._make(), exclusive=True)

    async def _make(self) -> None:
        """Make the kiosk beside the event loop, so that the page stays alive."""
        import asyncio

        loop = asyncio.get_running_loop()

        def tell(step: str) -> None:
            loop.call_soon_threadsafe(self._tell, step)

        try:
            self.state.made = await asyncio.to_thread(self.state.make, self.state.place, self.draft, tell)
        except KioskError as error:
            self._over = True
            self.query_one("#back", Button).disabled = False
            self.query_one("#back", Button).focus()
            self.complain(f"{error} {error.hint}")
        else:
            self.draft.passphrase = ""
            self.end_with("next")

    def _tell(self, step: str) -> None:
        self._steps.append(f"... {step}")
        self.query_one("#steps", Static).update(say("\n".join(self._steps)))

    def take(self) -> bool:
        """Nothing goes on from here by a key."""
        return False

    def action_back(self) -> None:
        """Go back to the summary once it has failed."""
        if self._over:
            super().action_back()


class DonePage(SetupPage):
    """Say what was made, and where the key is kept and why."""

    heading = "The kiosk is ready"
    help_text = (
        "Start it with: kiosk. Every running kiosk of this user leaves at once with: kiosk panic. "
        "Every one of them ends with: kiosk stop."
    )
    go_on_word = "Finish"
    AUTO_FOCUS = "#go-on"

    def body(self) -> Iterable[Widget]:
        """Yield where everything is."""
        made = self.state.made
        if made is not None:
            for sentence in made.sentences():
                yield paragraph(sentence)
        yield paragraph("Try F12 and Esc three times on its home page before a visitor sits down.")
        yield error_line()

    def action_back(self) -> None:
        """There is no way back from what is made."""
