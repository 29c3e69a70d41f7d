"""A visitor's way through each pack: Enter alone leads from home to the review, and a part of the plan opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from kiosk.content.banned_words import harm_words
from kiosk.sitting.steps import PATHWAY, SECTIONS, YES_PROTOCOL, Step
from kiosk.sitting.visit import Visit
from tests.kit import pack
from tests.screens.sitting.stage import Seat, seat

MOST_PAGES = 60
"""Pages from the home page to the review at most."""


@dataclass(frozen=True)
class Way:
    """One pack as one role meets it."""

    pack: str
    role: str
    language: str
    notice: str
    part: str
    """A part of the plan that is the pack's own."""


WAYS = (
    Way("us-ca-county", "social-worker", "en", "notice-social-worker", "supports"),
    Way("us-or-multnomah", "staff", "es", "notice-reporter", "someone-i-know"),
    Way("gb-safelives", "advocate", "en", "notice-confidential", "bag"),
    Way("gb-oxfordshire", "reporter", "en", "notice-reporter", "while-i-stay"),
)


async def by_enter(at: Seat) -> list[str]:
    """Press Enter alone up to the review. Returns the pages that were met."""
    met = [at.app.sitting.flow.step.id or at.app.sitting.flow.step.page]
    while at.page != "Review" and len(met) < MOST_PAGES:
        before = at.app.sitting.flow.step
        await at.press("enter")
        if at.app.sitting.flow.step == before:  # an open question is passed over by a second Enter
            await at.press("enter")
        met.append(at.app.sitting.flow.step.id or at.app.sitting.flow.step.page)
    return met


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.pack}-{way.role}-{way.language}")
async def test_enter_alone_leads_to_the_review(way: Way) -> None:
    """P9, OR-15: every question can be passed over, the role's notice comes ahead of them, and nothing is chosen."""
    made = pack(way.pack)
    async with seat(name=way.pack, role=way.role, language=way.language, size=(80, 60)) as at:
        assert harm_words(way.language, at.words) == []
        await at.press("1", "1", "enter", "1", "enter")
        notice = next(page for page in made.pages if page.id == way.notice)
        assert at.app.sitting.flow.step.page == "notice"
        assert notice.title[way.language] in at.words
        met = await by_enter(at)
        assert at.page == "Review"
        everything = Visit(pack=made, role=way.role, language=way.language)
        assert [each for each in met if each in {question.id for question in made.questions}] == [
            question.id for question in made.questions if everything.applies(question)
        ]
        assert met.index("notice") < met.index(made.questions[0].id)
        assert ("plan-offer" in met) == everything.policy.plan
        assert at.app.sitting.visit.needs == {} and at.app.sitting.visit.harm == {} and not at.app.sitting.visit.release


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.pack}-{way.role}-{way.language}")
async def test_a_part_of_the_plan_opens(way: Way) -> None:
    """OX-08, SL-06: a part shows its caution ahead of its lines, and a ticked line is part of the plan."""
    sections = pack(way.pack).sections
    index, section = next((index, each) for index, each in enumerate(sections) if each.id == way.part)
    async with seat(SECTIONS, name=way.pack, role="advocate", language=way.language, size=(80, 130)) as at:
        await at.press(str(index + 1), "enter")
        assert at.page == "SectionPage"
        words = at.words
        first = words.index(section.lines[0].text[way.language].split("{")[0][:20])
        if section.caution:
            assert words.index(section.caution[way.language][:30]) < first
        await at.press("space", "f4")
        assert at.page == "Sections"
        assert "(1 " in at.words


@pytest.mark.parametrize("name", ["us-or-multnomah", "gb-safelives", "gb-oxfordshire", "us-ca-county"])
async def test_a_yes_offers_what_the_role_may(name: str) -> None:
    """MO-22, SC-01: after a yes the hotline of the place is there; a way to a plan only for a role that has one."""
    for role in ("advocate", "social-worker"):
        async with seat(YES_PROTOCOL, name=name, role=role, size=(80, 60)) as at:
            plan = (name, role) != ("us-ca-county", "social-worker")
            assert ("Make a plan here" in at.words) == plan
            assert pack(name).emergency in at.words
            await at.press("1", "enter")
            assert at.page == "Call"
            (line,) = [each for each in pack(name).resources if each.hotline]
            assert str(line.phone) in at.words


@pytest.mark.parametrize(("name", "there"), [("us-ca-county", True), ("gb-safelives", False)])
async def test_the_general_list_is_where_there_is_one(name: str, there: bool) -> None:
    """MO-03: the page of lists speaks of an HMIS only where there is one."""
    async with seat(PATHWAY, name=name, size=(80, 60)) as at:
        assert ("HMIS" in at.words) == there
        assert "The private list" in at.words or "the private list" in at.words


@pytest.mark.parametrize(
    ("kind", "law"), [("rape-crisis", True), ("victim-services", False), ("other", False), (None, False)]
)
async def test_the_notice_of_an_advocate_is_true_of_this_station(kind: str | None, law: bool) -> None:
    """MO-28: she reads that Missouri's law keeps it private only where it binds whoever sits beside her."""
    async with seat(Step("notice"), name="us-mo", role="advocate", agency_kind=kind, size=(80, 60)) as at:
        assert ("Missouri law asks them" in at.words) == law
        assert ("The law may not protect it." in at.words) == (not law)


@pytest.mark.parametrize(("settings", "keeper"), [({"kept_by_advocates": True}, "Advocates, trained"), ({}, "Another")])
async def test_who_keeps_the_list_is_on_the_page(settings: dict[str, Any], keeper: str) -> None:
    """MO-03: the page of lists says who keeps the private one at this station."""
    async with seat(PATHWAY, name="us-mo", size=(80, 60), **settings) as at:
        assert keeper in at.words and "{keeper}" not in at.words


async def test_areas_in_place_of_counties() -> None:
    """gb-oxfordshire: the home page asks for an area and lists the districts."""
    async with seat(name="gb-oxfordshire", size=(80, 50)) as at:
        assert "My area" in at.words and "County" not in at.words
        await at.press("c")
        await at.see("Which area?")
        assert "Vale of White Horse" in at.words
