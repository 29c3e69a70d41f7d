"""The first page: what set-up makes, and whether the private key lives here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from kiosk.errors import KioskError
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from widgets.choices import Choice, ChoiceList


class Welcome(SetupPage):
    """Ask whether this machine keeps the key, or is a station of a provider elsewhere."""

    heading = "Setting up a kiosk on this machine"
    help_text = (
        "What visitors choose to keep is sealed, and only the provider's private key opens it. A small shelter can "
        "keep that key on this machine, protected by a passphrase. A region gives each kiosk a region file instead: "
        "that kiosk can seal and never open. The provider makes one with: kiosk region --station LABEL FILE"
    )

    def body(self) -> Iterable[Widget]:
        """Yield the two kinds of kiosk, and the field for a region file."""
        yield paragraph("It takes about five minutes. Nothing is written before the last page, and you can go back.")
        if self.state.recorded:
            yield paragraph("This terminal keeps what is shown, so no passphrase will be shown here.", "warning")
        chosen = 0 if self.draft.region_file is None else 1
        yield ChoiceList(
            [
                Choice("This machine holds the provider's key", "A kiosk and the provider's desk on one machine."),
                Choice("I have a region file", "A kiosk only: it can seal and never open."),
            ],
            chosen=chosen,
            id="kind",
        )
        yield Input(placeholder="Region file, such as /media/stick/KIOSK-2.region", id="file", disabled=chosen == 0)
        yield error_line()

    @on(ChoiceList.Chosen)
    def _chose(self, event: ChoiceList.Chosen) -> None:
        self.query_one("#file", Input).disabled = event.index != 1

    def take(self) -> bool:
        """Read the region file where one is named."""
        kind = self.query_one("#kind", ChoiceList).chosen
        if kind is None:
            return self.complain("Choose one of the two.")
        if kind == 0:
            self.draft.region_file = None
            return True
        untrusted_name = self.query_one("#file", Input).value.strip()
        if not untrusted_name:
            return self.draft.region_file is not None or self.complain("Write where the region file is.")
        from kiosk.vault.station_key import StationKey

        try:
            self.draft.take_region_file(StationKey.read(Path(untrusted_name).expanduser()))
        except KioskError as error:
            return self.complain(f"{error} {error.hint}")
        return True
