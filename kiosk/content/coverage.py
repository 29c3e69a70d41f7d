"""Proving that no line of a pack's source was dropped: each is answered here or elsewhere; what is due is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from kiosk.content.files import BUILT_IN, read
from kiosk.content.problems import Kind, PackProblem, shown
from kiosk.content.rules import CROSSROADS, PAGES, PAPER_PAGES
from kiosk.content.texts import pieces
from schema.pack import Card, Crossroads, Line, Pack, Page, Section, Sourced

_SOURCE: Final = "shared/requirements.toml"

_OPENED: Final = {*PAGES, *PAPER_PAGES, "release", "interpreter"}
"""Pages that the program opens by name; every other one is some role's notice, or nobody ever sees it."""


@cache
def sources() -> dict[str, Any]:
    """Every source by its prefix: its last number, and the requirements that no pack can answer."""
    return read(BUILT_IN, _SOURCE)


def required(prefix: str) -> tuple[str, ...]:
    """Every requirement ID of a source, in order; none for a source that is not known."""
    return tuple(f"{prefix}-{number:02}" for number in range(1, sources().get(prefix, {}).get("last", 0) + 1))


def elsewhere(prefix: str) -> dict[str, str]:
    """The requirements of a source that a pack does not answer, with what does."""
    return dict(sources().get(prefix, {}).get("elsewhere", {}))


def due(prefix: str) -> dict[str, str]:
    """The requirements of a source that nothing answers yet, with what will: each is a fault of every pack of it."""
    return dict(sources().get(prefix, {}).get("due", {}))


def partly(prefix: str) -> dict[str, str]:
    """The requirements of a source that a pack answers as far as the program goes today, with what is still missing."""
    return dict(sources().get(prefix, {}).get("partly", {}))


def points(prefix: str) -> dict[str, dict[str, str]]:
    """Each bullet of a source's lists, by requirement, with the line that says it (`card#3`: the card's third line)."""
    return dict(sources().get(prefix, {}).get("points", {}))


def reached(pack: Pack) -> Iterator[Sourced]:
    """Every piece that a visitor or a worker can come to, in the order of `pieces`."""
    notices = {notice for policy in pack.policies for notice in (policy.notice, policy.otherwise)}
    ways = {way.goes for fork in pack.crossroads for way in fork.ways}
    roles = {policy.role for policy in pack.policies}
    plans = any(policy.plan for policy in pack.policies)
    for piece in pieces(pack):
        match piece:
            case Page():
                met = piece.id in _OPENED | notices
            case Crossroads():
                met = piece.id in CROSSROADS or piece.id in ways
            case Section() | Line():
                met = plans
            case Card():
                met = not piece.roles or not roles.isdisjoint(piece.roles)
            case _:
                met = True
        if met:
            yield piece


def _says(pack: Pack) -> set[str]:
    """Everything that a point can lean on: pieces that somebody can come to, and lines of cards."""
    found = {piece.id for piece in reached(pack)}
    return found | {f"{card.id}#{place}" for card in pack.staff for place in range(1, len(card.lines) + 1)}


def _points(pack: Pack, prefix: str) -> Iterator[PackProblem]:
    says = _says(pack)
    for requirement, listed in points(prefix).items():
        taken: set[str] = set()
        for point, line in listed.items():
            if line not in says:
                yield PackProblem(Kind.COVERAGE, requirement, f"Nothing in the pack says {shown(point)}.")
            elif line in taken:
                yield PackProblem(Kind.COVERAGE, requirement, f"{shown(point)} leans on the line of another point.")
            taken.add(line)


def answered(pack: Pack) -> frozenset[str]:
    """Every requirement ID that some piece of the pack answers, and that somebody can come to."""
    return frozenset(answer for piece in reached(pack) for answer in piece.answers)


def coverage(pack: Pack) -> Iterator[PackProblem]:
    """Requirements that a pack's sources have and the pack lacks, and IDs that no source has."""
    have = answered(pack)
    for prefix in pack.sources:
        wanted = required(prefix)
        if not wanted:
            yield PackProblem(Kind.COVERAGE, shown(prefix), "There is no source of this name.")
        for requirement in wanted:
            if requirement in due(prefix):
                yield PackProblem(
                    Kind.COVERAGE, requirement, f"Nothing answers it yet; due: {due(prefix)[requirement]}"
                )
            elif requirement not in have and requirement not in elsewhere(prefix):
                yield PackProblem(Kind.COVERAGE, requirement, "Nothing in the pack answers it.")
        yield from _points(pack, prefix)
    for answer in sorted({answer for piece in pieces(pack) for answer in piece.answers}):
        if answer not in required(answer.partition("-")[0]):
            yield PackProblem(Kind.COVERAGE, shown(answer), "A piece says that it answers this, and no source has it.")
