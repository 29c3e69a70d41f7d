"""A list of services: a name and a telephone number, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kiosk.terminal.text import say
from widgets.service import Service


def entry(service: Service, width: int) -> Content:
    """Set one service in two lines, the telephone number at the right edge of `width` columns."""
    gap = width - cell_len(service.label) - cell_len(service.phone)
    between = " " * gap if gap > 1 else "\n"
    note = f" ({service.note})" if service.note else ""
    return Content.assemble(
        say(service.label).stylize("bold"),
        between,
        say(service.phone).stylize("bold"),
        "\n",
        say(f"{service.does}{note}").stylize("$text-muted"),
        "\n",
    )


class ServiceList(OptionList):
    """Services, one under the other; arrows and the wheel scroll."""

    def __init__(self, services: Sequence[Service], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.services = tuple(services)
        self._width = 0

    def show(self, services: Sequence[Service]) -> None:
        """Show other services, from the top."""
        self.services = tuple(services)
        self._set(self._width)
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Set the numbers at the new right edge."""
        width = self.scrollable_content_region.width - 2
        if width != self._width and width > 0:
            self._set(width)

    def _set(self, width: int) -> None:
        self._width = width
        self.clear_options()
        self.add_options([Option(entry(service, width)) for service in self.services])
