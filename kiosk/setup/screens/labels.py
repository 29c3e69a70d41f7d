"""The codes that stand for this station, its region and the provider that keeps the list."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.config import CODE
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from kiosk.terminal.text import say

FIELDS = (
    ("station", "This station"),
    ("region", "Region: the list that records go to"),
    ("provider", "Victim service provider that keeps the list (empty where none does)"),
)
"""The draft's fields, each with its label."""

OPTIONAL = "provider"
"""The field that may stay empty: visitors are told that advocates keep the list only where it is filled."""


class LabelsPage(SetupPage):
    """Ask for the codes."""

    heading = "Codes for this station"
    help_text = (
        "Codes and no names: 2 to 12 capital letters, digits and hyphens. The region stands inside every sealed "
        "summary; the station's label stands in its settings only. With a region file, station and region are fixed. "
        "Name the provider only if its advocates hold the key: visitors are then told that advocates keep the list."
    )

    def body(self) -> Iterable[Widget]:
        """Yield a field for each code; what a region file has fixed cannot be changed."""
        yield paragraph("2 to 12 capital letters, digits and hyphens each.")
        fixed = ("station", "region") if self.draft.region_file is not None else ()
        for name, label in FIELDS:
            yield Static(say(label + (" (from the region file)" if name in fixed else "")), classes="field-label")
            value = getattr(self.draft, name) or ""
            yield Input(value, id=name, max_length=12, disabled=name in fixed, select_on_focus=False)
            yield error_line(f"{name}-error")

    def take(self) -> bool:
        """Take the codes that fit; complain beside each that does not."""
        good = True
        for name, _ in FIELDS:
            field = self.query_one(f"#{name}", Input)
            untrusted = field.value.strip().upper()
            empty = name == OPTIONAL and not untrusted
            if not field.disabled and not empty and CODE.fullmatch(untrusted) is None:
                if good:
                    field.focus()
                good = self.complain("2 to 12 letters, digits and hyphens, beginning with a letter.", f"{name}-error")
        if good:
            for name, _ in FIELDS:
                field = self.query_one(f"#{name}", Input)
                if not field.disabled:
                    setattr(self.draft, name, field.value.strip().upper() or None)
        return good
