"""Promises are built from the station's settings: privilege, who keeps the list, who still has to enter her by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk import config
from kiosk.content.rules import rules
from kiosk.sitting.sitting import Sitting
from schema.pack import AGENCY_KINDS, ROLES, Pack
from tests.kit import pack, snapshot

AMERICAN = ("us-mo", "us-ca-county", "us-or-multnomah")

PRIVILEGED = {
    "us-mo": {"shelter", "rape-crisis"},
    "us-ca-county": {"shelter", "rape-crisis", "victim-services"},
    "us-or-multnomah": {"shelter", "rape-crisis", "victim-services"},
}
"""RSMo 455.220 and 455.003; Cal. Evid. Code 1037.1 and 1035.2; ORS 40.264."""

LAWS = ("Missouri law", "California law", "Oregon law")
"""How a page begins to say that a law keeps a talk private."""

ADVOCATES = "Advocates, trained helpers on your side, keep it."


def notice(name: str, role: str = "advocate", **settings: Any) -> str:
    """The words of the notice that a visitor reads ahead of any question."""
    here = Sitting(snapshot(name=name, role=role, **settings))
    page = next(each for each in here.pack.pages if each.id == here.visit.policy.notice)
    return " ".join(here.words.of(text) for text in page.body)


def said(made: Pack, here: Sitting) -> str:
    """The page that offers the lists, as a visitor reads it."""
    (fork,) = (each for each in made.crossroads if each.id == "pathway")
    return " ".join(here.words.of(text) for text in fork.body)


def test_kinds_are_the_same_everywhere() -> None:
    """What set-up can be told is what a pack can ask for."""
    assert config.AGENCY_KINDS == AGENCY_KINDS


@pytest.mark.parametrize("name", AMERICAN)
@pytest.mark.parametrize("kind", [*AGENCY_KINDS, None])
def test_privilege_is_claimed_where_the_law_gives_it(name: str, kind: str | None) -> None:
    """MO-28: an advocate's notice names the law for the kinds it binds; for others, and untold, it claims nothing."""
    words = notice(name, agency_kind=kind)
    assert any(law in words for law in LAWS) == (kind in PRIVILEGED[name])
    assert ("may not protect it" in words or "have to report some things" in words) == (kind not in PRIVILEGED[name])


@pytest.mark.parametrize("name", AMERICAN)
@pytest.mark.parametrize("role", ["reporter", "social-worker", "staff"])
def test_no_other_role_claims_it(name: str, role: str) -> None:
    """OR-15: whatever the agency is, staff who are no advocates promise no privilege."""
    assert not any(law in notice(name, role, agency_kind="shelter") for law in LAWS)


@pytest.mark.parametrize("name", [*AMERICAN, "gb-safelives", "gb-oxfordshire", "practice"])
def test_who_keeps_the_list(name: str) -> None:
    """MO-03: "advocates keep it" is said where a provider is set, and nowhere else; else who holds the key is named."""
    each: tuple[tuple[dict[str, Any], str], ...] = (
        ({"kept_by_advocates": True, "key_here": True}, ADVOCATES),
        ({"kept_by_advocates": True}, ADVOCATES),
        ({"key_here": True}, "The agency here keeps it."),
        ({}, "Another agency keeps it, not the staff here."),
    )
    for settings, sentence in each:
        here = Sitting(snapshot(name=name, **settings))
        words = said(here.pack, here)
        assert sentence in words and "{" not in words
        assert (ADVOCATES in words) == ("kept_by_advocates" in settings)


@pytest.mark.parametrize("name", AMERICAN)
def test_a_second_step_is_said(name: str) -> None:
    """MO-03: on the general list somebody adds her by name, and who decides later waits on none: both are said."""
    here = Sitting(snapshot(name=name))
    assert "Staff add you by name" in said(here.pack, here)
    assert "staff still add you by name" in here.words("closing-kept")
    (fork,) = (each for each in here.pack.crossroads if each.id == "pathway")
    (later,) = (way for way in fork.ways if way.goes == "undecided")
    assert here.words.of(later.help) == "Until then you are on no list."


def test_a_pack_that_promises_half_is_refused() -> None:
    """Kinds without a page for the rest, a kind that there is not, and a page that there is not: each is a fault."""
    made = pack("us-mo")
    assert list(rules(made, "us-mo")) == []
    advocate, *others = made.policies
    for changed in ({"otherwise": None}, {"kinds": ("police",)}, {"kinds": ()}, {"otherwise": "notice-nowhere"}):
        broken = replace(made, policies=(replace(advocate, **changed), *others))
        assert [problem.id for problem in rules(broken, "us-mo")] == ["policies"], changed


ADVOCATE = {"en": re.compile(r"\badvocate", re.IGNORECASE), "es": re.compile(r"\bdefensor", re.IGNORECASE)}
TRAINED = {"en": "trained", "es": "formación"}


def ways(here: Sitting) -> Iterator[list[str]]:
    """The pages that a visitor meets, in their order: on the way without harm, and from a yes on."""
    pages = {page.id: [page.title, *page.body] for page in here.pack.pages}
    forks = {
        fork.id: [fork.title, *fork.body, *(text for way in fork.ways for text in (way.label, way.help) if text)]
        for fork in here.pack.crossroads
    }
    first = ["leaving", "gate", here.visit.policy.notice, "framing"]
    for later in (["pathway", "plan-offer", "release", "closing"], ["safe-now", "yes", "closing"]):
        yield [" ".join(here.words.of(text) for text in (pages | forks)[name]) for name in [*first, *later]]


@pytest.mark.parametrize("name", [*AMERICAN, "gb-safelives", "gb-oxfordshire"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["shelter", None])
def test_an_advocate_is_explained_where_the_word_first_stands(name: str, role: str, kind: str | None) -> None:
    """MO-16: whoever meets the word for the first time reads on that very page that an advocate is a trained helper."""
    for language in (each.code for each in pack(name).languages):
        here = Sitting(snapshot(name=name, role=role, agency_kind=kind, language=language))
        for way in ways(here):
            first = next((page for page in way if ADVOCATE[language].search(page)), None)
            assert first is not None
            assert TRAINED[language] in first, first
