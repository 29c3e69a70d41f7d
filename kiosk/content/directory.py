"""What a pack's directory has to offer: somebody for every county, and a home page that gives nobody away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kiosk.content.banned_words import harm_words
from kiosk.content.problems import Kind, PackProblem, shown
from schema.pack import KINDS, Pack, Resource

EVERYWHERE: Final = "*"
"""The county name that stands for all of them."""

FEWEST_ON_HOME: Final = 5
"""Ordinary services among which the crisis line sits (MO-40)."""

_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_STAFF: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
_DAY: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_PHONE: Final = re.compile(r"[0-9]{3}(?: [0-9]{3})?|[0-9]{3}-[0-9]{3}-[0-9]{4}|0[0-9 ]{8,13}|[0-9]{5,6}")


def serves(resource: Resource, county: str) -> bool:
    """Whether the service works in `county`."""
    return EVERYWHERE in resource.counties or county in resource.counties


def directory(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with the directory."""
    for resource in pack.resources:
        yield from _entry(pack, resource)
    lines = [resource for resource in pack.resources if resource.hotline]
    if len(lines) != 1 or lines[0].phone is None or EVERYWHERE not in lines[0].counties:
        yield PackProblem(Kind.DIRECTORY, "resources", "Exactly one service is the hotline, with a number, everywhere.")
    if not any(resource.fallback and EVERYWHERE in resource.counties for resource in pack.resources):
        yield PackProblem(Kind.DIRECTORY, "resources", "There is no last resort for every county (`fallback`).")
    for county in pack.counties:
        if not any(serves(resource, county) and resource.phone for resource in pack.resources):
            yield PackProblem(Kind.DIRECTORY, shown(county), "This county has nobody to call.")
    ordinary = [resource for resource in pack.resources if resource.on_home and resource.kind != "crisis"]
    if len(ordinary) < FEWEST_ON_HOME:
        yield PackProblem(
            Kind.DIRECTORY, "resources", f"The home page has fewer than {FEWEST_ON_HOME} ordinary services."
        )
    yield from _home(pack)


def _entry(pack: Pack, resource: Resource) -> Iterator[PackProblem]:
    if resource.kind not in KINDS:
        yield PackProblem(Kind.DIRECTORY, resource.id, f"{shown(resource.kind)} is no kind of service.")
    unknown = set(resource.counties) - set(pack.counties) - {EVERYWHERE}
    if unknown or not resource.counties:
        yield PackProblem(Kind.DIRECTORY, resource.id, "It names a county that the pack does not list.")
    if resource.phone is not None and _PHONE.fullmatch(resource.phone) is None:
        yield PackProblem(Kind.DIRECTORY, resource.id, "Its telephone number is not written like 800-555-0100.")
    if set(resource.fits) - {question.id for question in pack.questions if question.part == "harm"}:
        yield PackProblem(Kind.DIRECTORY, resource.id, "`fits` names what is no question about harm.")
    if resource.last_verified is not None and _DAY.fullmatch(resource.last_verified) is None:
        yield PackProblem(Kind.DIRECTORY, resource.id, "`last_verified` is a day such as 2026-11-22.")
    if (resource.met is None) != (resource.met_by is None) or not (
        _MONTH.fullmatch(resource.met or "2026-11") and _STAFF.fullmatch(resource.met_by or "ST-1")
    ):
        yield PackProblem(Kind.DIRECTORY, resource.id, "`met` is a month such as 2026-11, `met_by` a staff code.")


def _home(pack: Pack) -> Iterator[PackProblem]:
    shown_at_home = [
        ("pack", pack.title),
        *(
            (resource.id, text)
            for resource in pack.resources
            if resource.on_home
            for text in (resource.label, resource.does)
        ),
        *((f"words.{key}", text) for key, text in pack.words.items() if key.startswith("home")),
    ]
    for name, text in shown_at_home:
        for language, words in text.items():
            for word in harm_words(language, words):
                yield PackProblem(Kind.HOME, name, f"The home page would show {shown(word)}.", language)
