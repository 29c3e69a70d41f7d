"""Whether the machine is somebody's own: only then may a key end the kiosk."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.setup.screens.page import SetupPage, paragraph
from widgets.choices import Choice, ChoiceList

SHARED = Choice("A shared machine", "No key on the home page ends the kiosk, so no visitor gets at what is behind it.")
OWN = Choice("Somebody's own", "Ctrl+Q on the home page ends the kiosk and gives the terminal back.")


class OwnMachinePage(SetupPage):
    """Ask whether Ctrl+Q may end the kiosk."""

    heading = "Whose machine is this?"
    help_text = (
        "Where visitors sit down alone, no key may end the kiosk: behind it is a terminal of this user. Whoever looks "
        "after it ends it with kiosk stop, from another terminal. On a laptop of one's own a key is handier."
    )

    def body(self) -> Iterable[Widget]:
        """Yield both."""
        yield paragraph("Behind the kiosk is a terminal of this user. May Ctrl+Q on the home page lead there?")
        yield ChoiceList([SHARED, OWN], chosen=int(self.draft.quit))

    def take(self) -> bool:
        """Take the answer; the shared one unless the other was chosen."""
        self.draft.quit = self.query_one(ChoiceList).chosen == 1
        return True
