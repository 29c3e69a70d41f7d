"""A list of services: a name and a telephone number, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kiosk.terminal.text import say
from schema.services import Service

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

_MARGIN = 2
"""Columns that stay free at the right."""


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


class Entry(Visual):
    """A service that is set at the width it is painted at: a page is whole on its first paint."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Paint it."""
        return entry(self._service, width - _MARGIN).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Take all columns: the telephone number stands at the right edge."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Count its lines."""
        return entry(self._service, width - _MARGIN).get_height(rules, width)


class ServiceList(OptionList):
    """Services, one under the other; arrows and the wheel scroll."""

    def __init__(self, services: Sequence[Service], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.services = tuple(services)
        self.add_options(map(_option, services))

    def show(self, services: Sequence[Service]) -> None:
        """Show other services, from the top."""
        self.services = tuple(services)
        self.clear_options()
        self.add_options(map(_option, services))
        self.scroll_home(animate=False)


def _option(service: Service) -> Option:
    return Option(Entry(service))
