"""The pack's directory: who helps in a county, in words that a passer-by may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kiosk.sitting.visit import YES, Visit
from kiosk.sitting.words import Words
from schema.agency import Agency
from schema.pack import Pack, Resource
from schema.services import Service

ALL_COUNTIES = "*"
"""Stands for every county of the pack."""

BY_PARTNER = ("harm-family", "harm-dating", "harm-stalking")
"""The questions about harm whose yes a shelter fits that names none itself."""

YOUNG = (1, 2)
"""Age bands of under 18 and 18 to 24, for which lines for young people fit (`schema.answers`)."""

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
    """Return who can be called in confidence: nearest first, then the general line, lines for some, last resorts.

    Whatever the home page does not show is among them, so that no service is out of reach (MO-23, MO-24).
    """
    near = [each for each in pack.resources if _private(each) and not each.fallback and _serves(each, county)]
    near.sort(key=lambda each: (not (_local(each, pack, county) and _general(each)), not each.hotline, not each.fits))
    return near + sorted((each for each in pack.resources if each.fallback), key=lambda each: each.fallback)


def _private(resource: Resource) -> bool:
    """Whether it belongs on the call page: it plans, it is a line for crises, or the home page leaves it out."""
    return resource.safety_planning or resource.kind == "crisis" or not resource.on_home


def _general(resource: Resource) -> bool:
    """Whether it is for harm by anybody close, and not for one kind of harm alone."""
    return not resource.fits or not set(BY_PARTNER).isdisjoint(resource.fits)


def _local(resource: Resource, pack: Pack, county: str | None) -> bool:
    """Whether it serves the chosen county only, or all of a pack's counties and nobody else."""
    if ALL_COUNTIES in resource.counties:
        return False
    return county in resource.counties or set(pack.counties) <= set(resource.counties)


def fitting(visit: Visit) -> list[Resource]:
    """Return who can be called, the lines first that fit what she told: the kind of harm, then her age.

    Of several that fit, the nearest goes first, then the most special (a line for one kind of harm alone). With nothing
    told, the order is that of `confidential`.
    """
    told = {question for question, code in visit.harm.items() if code == YES}
    young = any(visit.given(each) in YOUNG for each in visit.pack.questions if each.fills == "age_band")

    def place(resource: Resource) -> tuple[bool, bool, int]:
        fits = resource.fits or (BY_PARTNER if resource.shelter else ())
        if told & set(fits) or (young and "teen" in resource.population_tags and not fits):
            return False, not _local(resource, visit.pack, visit.county), len(fits)
        return True, False, 0

    return sorted(confidential(visit.pack, visit.county), key=lambda each: (bool(each.fallback), *place(each)))


def service(resource: Resource, words: Words) -> Service:
    """Return one resource as a list shows it."""
    return _service(resource, words, date.today())


def holding(agency: Agency, words: Words) -> Service:
    """Return the agency that holds her number as a list shows it: its neutral label, number and hours."""
    return Service(label=words.of(agency.label), phone=agency.telephone, does=words.of(agency.hours or None), note="")


def where_to_ask(pack: Pack, county: str | None) -> list[Resource]:
    """Return where to ask with a number: the housing entries of the county, then the last resorts."""
    near = [each for each in pack.resources if each.kind == "housing" and not each.fallback and _serves(each, county)]
    return near + sorted((each for each in pack.resources if each.fallback), key=lambda each: -each.fallback)[:1]


def to_call(visit: Visit, words: Words, hand_over: str) -> Iterator[tuple[str, str]]:
    """Yield who can be called, what fits first: name and number, then what they do and who has to speak (MO-24, MO-27).

    Behind the gate each stands under its own name. `hand_over` is the key of the word that says that she speaks
    with them herself.
    """
    for resource in fitting(visit):
        line = f"{words.of(resource.name or resource.label)}: {resource.phone}"
        if resource.day_and_night:
            line += f" ({words('day-and-night')})"
        details = [words.of(resource.does)]
        if resource.must_speak_with_survivor:
            details.append(words(hand_over))
        if resource.intake_notes:
            details.append(words.of(resource.intake_notes))
        yield line, " ".join(details)
