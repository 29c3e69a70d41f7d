"""What the registry lacks: counties without a provider, and numbers that nobody called, by named provider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from kiosk.content.banned_words import harm_words
from kiosk.directory.area import EVERYWHERE, Area, Provider

CALLED_WITHIN: Final = 90
"""Days after which a number has to be called again (MO-29)."""


def uncovered(area: Area, counties: Sequence[str]) -> list[str]:
    """Return the counties without a provider, able and willing; a line for everywhere is named for none (MO-04)."""
    return [each for each in counties if not any(provider.assesses_in(each) for provider in area.providers)]


def days_since_call(provider: Provider, today: date) -> int | None:
    """Return the days since somebody called; `None` where nobody did, or the day is still to come."""
    days = -1 if provider.last_called is None else (today - provider.last_called).days
    return None if days < 0 else days


def not_called(area: Area, today: date) -> list[Provider]:
    """Return the providers whose number nobody called within `CALLED_WITHIN` days."""
    stale = ((each, days_since_call(each, today)) for each in area.providers if each.agency.telephone)
    return [each for each, days in stale if days is None or days > CALLED_WITHIN]


def faults(area: Area, counties: Sequence[str], today: date) -> Iterator[str]:
    """Yield what is amiss, a sentence each, the gravest first."""
    alike: dict[str, list[str]] = {}
    for county in uncovered(area, counties):
        alike.setdefault(_nearly(area, county), []).append(county)
    for why, those in alike.items():
        yield f"{', '.join(those)}: {why}"
    if not counties and not any(each.able and each.willing for each in area.providers):
        yield "Nobody in this area is able and willing to give the standard assessment."
    for each in area.providers:
        yield from _of(each, counties)
    for each in not_called(area, today):
        yield f"{each.code} ({each.agency.telephone}): {called_in_words(each, today)}. Call, then `called {each.code}`."
    if area.providers and not any(each.optional_access_point for each in area.providers):
        yield "No provider is named as the optional access point (MO-13)."


def called_in_words(provider: Provider, today: date) -> str:
    """Say when somebody last called."""
    days = days_since_call(provider, today)
    return "nobody has called yet" if days is None else f"last called {provider.last_called}, {days} days ago"


def able_in_words(provider: Provider) -> str:
    """Say whether it is able, and whether it is willing (MO-04)."""
    return f"{'able' if provider.able else 'not able'}, {'willing' if provider.willing else 'not willing'}"


def _nearly(area: Area, county: str) -> str:
    """Say who might be asked: those that serve the county and lack one of the two."""
    near = [f"{each.code}: {able_in_words(each)}" for each in area.providers if county in each.counties]
    return f"no provider is able and willing ({'; '.join(near) or 'none names this county'})."


def _of(provider: Provider, counties: Sequence[str]) -> Iterator[str]:
    unknown = [each for each in provider.counties if each != EVERYWHERE and each not in counties]
    if unknown:
        yield f"{provider.code}: {', '.join(unknown)} is no county of the pack."
    if not provider.counties:
        yield f"{provider.code} names no county."
    if not provider.agency.telephone:
        yield f"{provider.code} has no telephone: a visitor is told no number to call."
    elif not provider.agency.hours:
        yield f"{provider.code} has no hours: a visitor is not told when to call."
    if provider.outside_region and not provider.optional_access_point:
        yield f"{provider.code} lies outside the region and is no access point: why is it here? (MO-13)"
    for language, words in (*provider.agency.label.items(), *provider.agency.hours.items()):
        for word in harm_words(language, words):
            yield f"{provider.code}: {word!r} would tell a passer-by what this is for; write it neutrally."
