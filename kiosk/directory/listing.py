"""The directory as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.directory.area import EVERYWHERE, Area, Provider
from kiosk.directory.checking import able_in_words, called_in_words


def as_lines(area: Area, today: date) -> Iterator[str]:
    """The directory for a person."""
    yield f"{area.name} ({area.code}), counties of the pack {area.pack}. Providers: {len(area.providers)}."
    for each in area.providers:
        yield ""
        yield f"{each.code}  {'; '.join(each.agency.label.values())}"
        hours = "; ".join(each.agency.hours.values()) or "no hours"
        yield f"  {each.agency.telephone or 'no telephone'}; {hours}; {called_in_words(each, today)}"
        yield f"  {_counties(each)}; {able_in_words(each)}"
        yield from (f"  {line}" for line in _rest(each))


def _counties(provider: Provider) -> str:
    if provider.counties == (EVERYWHERE,):
        return "everywhere, so named for no county"
    return ", ".join(provider.counties) or "no county"


def _rest(provider: Provider) -> Iterator[str]:
    said = {
        "optional access point": provider.optional_access_point,
        "outside the region": provider.outside_region,
        "has to speak with her": provider.must_speak_herself,
    }
    if marks := [name for name, true in said.items() if true]:
        yield "; ".join(marks)
    if provider.tags:
        yield f"for: {', '.join(provider.tags)}"
    if provider.notes:
        yield f"notes: {provider.notes}"
    if provider.source:
        yield f"source: {provider.source}"
