"""The pack's directory: who helps in a county, in words that a passer-by may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kiosk.sitting.visit import Visit
from kiosk.sitting.words import Words
from schema.pack import Pack, Resource
from schema.services import Service

ALL_COUNTIES = "*"
"""Stands for every county of the pack."""

FRESH_DAYS = 90
"""Days after which an entry that nobody verified again says "call first" (MO-29)."""


def _serves(resource: Resource, county: str | None) -> bool:
    return county is None or ALL_COUNTIES in resource.counties or county in resource.counties


def fresh(resource: Resource, today: date) -> bool:
    """Whether somebody called this number in the last 90 days (MO-29)."""
    if resource.last_verified is None:
        return False
    return 0 <= (today - date.fromisoformat(resource.last_verified)).days <= FRESH_DAYS


def _service(resource: Resource, words: Words, today: date) -> Service:
    return Service(
        label=words.of(resource.label),
        phone=resource.phone or "",
        does=words.of(resource.does),
        note="" if fresh(resource, today) else words("call-first"),
    )


def on_home(visit: Visit, words: Words, *, by_kind: bool = False) -> list[Service]:
    """Return the services of the chosen county for the home page, sorted; never an empty list (MO-23, MO-26)."""
    today = date.today()
    found = [each for each in visit.pack.resources if each.on_home and _serves(each, visit.county)]
    found.sort(key=lambda each: (each.kind if by_kind else "", words.of(each.label).casefold()))
    return [replace(_service(each, words, today), note="") for each in found]


def confidential(pack: Pack, county: str | None) -> list[Resource]:
    """Return who can plan in confidence, nearest first, then the last resorts in their order (MO-23, MO-24)."""
    near = [each for each in pack.resources if each.safety_planning and not each.fallback and _serves(each, county)]
    last = sorted((each for each in pack.resources if each.fallback), key=lambda each: each.fallback)
    return near + last


def service(resource: Resource, words: Words) -> Service:
    """Return one resource as a list shows it."""
    return _service(resource, words, date.today())


def where_to_ask(pack: Pack, county: str | None) -> list[Resource]:
    """Return where to ask with a number: the housing entries of the county, then the last resorts."""
    near = [each for each in pack.resources if each.kind == "housing" and not each.fallback and _serves(each, county)]
    return near + sorted((each for each in pack.resources if each.fallback), key=lambda each: -each.fallback)[:1]


def to_call(visit: Visit, words: Words, hand_over: str) -> Iterator[tuple[str, str]]:
    """Yield who can be called, nearest first: name and number, then what they do and who has to speak (MO-24, MO-27).

    `hand_over` is the key of the word that says that she speaks with them in person.
    """
    for resource in confidential(visit.pack, visit.county):
        shown = service(resource, words)
        details = [shown.does]
        if resource.must_speak_with_survivor:
            details.append(words(hand_over))
        if resource.intake_notes:
            details.append(words.of(resource.intake_notes))
        if shown.note:
            details.append(f"({shown.note})")
        yield f"{shown.label}: {shown.phone}", " ".join(details)
