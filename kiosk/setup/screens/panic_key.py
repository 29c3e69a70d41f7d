"""One more key that leaves at once, and a place to try it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.widget import Widget
from textual.widgets import Static

from kiosk.config import PANIC_KEYS
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from kiosk.setup.state import SetupState
from kiosk.terminal.text import say
from widgets.choices import Choice, ChoiceList


def shown(key: str) -> str:
    """A key's name as it stands on a keyboard."""
    return "+".join(part.upper() if len(part) < 3 else part.capitalize() for part in key.split("+"))


class PanicKeyPage(SetupPage):
    """Ask for one more panic key."""

    heading = "A third way to leave at once?"
    help_text = (
        "F12, and Esc pressed three times, always leave at once: the home page comes up and the sitting's process is "
        "ended. Where the keyboard makes F12 hard to reach, choose one more key. The next page lets you try it."
    )

    def body(self) -> Iterable[Widget]:
        """Yield no key, and every key that can be set."""
        yield paragraph("F12, and Esc three times, always work. One more key can be set.")
        chosen = 0 if self.draft.panic_key is None else 1 + PANIC_KEYS.index(self.draft.panic_key)
        yield ChoiceList([Choice("No other key"), *(Choice(shown(key)) for key in PANIC_KEYS)], chosen=chosen)
        yield error_line()

    def take(self) -> bool:
        """Take the key."""
        index = self.query_one(ChoiceList).chosen
        if index is None:
            return self.complain("Choose a key, or none.")
        self.draft.panic_key = None if index == 0 else PANIC_KEYS[index - 1]
        return True


class TryKeyPage(SetupPage):
    """Let the operator press the key and see that it arrives."""

    heading = "Try it now"
    help_text = (
        "Some terminals and desktops keep keys for themselves. If nothing happens here when you press it, go back and "
        "choose another one. F12 and Esc three times would leave set-up itself: try them on the kiosk's home page."
    )
    AUTO_FOCUS = "#go-on"

    def __init__(self, state: SetupState, progress: str) -> None:
        super().__init__(state, progress)
        self.arrived = 0
        """How often the key has come through."""

    def body(self) -> Iterable[Widget]:
        """Yield what to press, and the line that answers."""
        yield paragraph(f"Press {shown(self.draft.panic_key or '')} now. Nothing happens but a line below.")
        yield Static(say("Not pressed yet."), id="answer")
        yield error_line()

    @on(events.Key)
    def _pressed(self, event: events.Key) -> None:
        if event.key == self.draft.panic_key:
            event.stop()
            self.arrived += 1
            times = "once" if self.arrived == 1 else f"{self.arrived} times"
            self.query_one("#answer", Static).update(say(f"It arrived {times}. This key works on this terminal."))
            self.complain("")

    def take(self) -> bool:
        """Go on when the key has arrived."""
        return self.arrived > 0 or self.complain("It has not arrived yet. Press it, or go back and choose another.")
