"""The directories that come with the program: somebody for every county, and a home page that gives nobody away."""

from __future__ import annotations

import re

import pytest

from kiosk.content.banned_words import harm_words
from kiosk.content.directory import serves
from kiosk.content.snapshot import available
from kiosk.sitting.directory import confidential, fitting, on_home, to_call
from kiosk.sitting.words import Words
from tests.kit import pack, visit

PACKS = sorted(available())
SPOKEN = [(name, language.code) for name in PACKS for language in pack(name).languages]


@pytest.mark.parametrize(("name", "code"), SPOKEN)
def test_home_page_gives_nobody_away(name: str, code: str) -> None:
    """MO-40: ten ordinary services or more, the crisis line among them, and no word about violence."""
    assert harm_words("en", "Call the shelter") and harm_words("es", "Llame al albergue")
    at_home = [resource for resource in pack(name).resources if resource.on_home]
    assert len([resource for resource in at_home if resource.kind != "crisis"]) >= 10
    lines = [resource for resource in at_home if resource.hotline]
    assert len(lines) == 1
    labels = sorted(resource.label[code].casefold() for resource in at_home)
    assert 0 < labels.index(lines[0].label[code].casefold()) < len(labels) - 1
    for resource in at_home:
        assert not harm_words(code, f"{resource.label[code]}. {resource.does[code]}")


def test_missouri_has_the_counties_of_its_region() -> None:
    """MO-606 is 101 counties: whoever lives in another continuum's is not told that this list is theirs."""
    counties = pack("us-mo").counties
    assert len(counties) == len(set(counties)) == 101
    assert {"Boone", "Cole", "St. Francois", "Ste. Genevieve", "Worth"} <= set(counties)
    assert {"St. Louis", "St. Louis City", "St. Charles", "Jackson", "Greene", "Jasper", "Buchanan"}.isdisjoint(
        counties
    )


@pytest.mark.parametrize("name", PACKS)
def test_every_county_has_somebody_to_call(name: str) -> None:
    """MO-23, MO-26: each county has ordinary services, a line that plans, and a last resort that comes last."""
    resources = pack(name).resources
    for county in pack(name).counties:
        near = [resource for resource in resources if serves(resource, county) and resource.phone]
        assert any(resource.safety_planning for resource in near)
        assert len({resource.kind for resource in near if resource.on_home}) >= 5
    last = max(resources, key=lambda resource: resource.fallback)
    assert last.information and not last.hotline
    if name != "practice":
        assert last.phone == ("211" if name.startswith("us-") else "0800 144 8848")


def test_nobody_says_they_called() -> None:
    """MO-29: no entry claims a call that nobody made; practice uses numbers that belong to nobody."""
    real = [resource for name in PACKS if name != "practice" for resource in pack(name).resources]
    assert real and all(resource.last_verified is None for resource in real)
    assert all(str(resource.phone).startswith("800-555-01") for resource in pack("practice").resources)
    assert all(resource.source for name in PACKS for resource in pack(name).resources)


@pytest.mark.parametrize("name", [name for name in PACKS if name.startswith("gb-")])
def test_shelter_has_its_own_number(name: str) -> None:
    """Shelter's line in England is 0808 800 4444 (www.russell-cooke.co.uk/domestic-abuse/where-can-i-go)."""
    numbers = {resource.id: resource.phone for resource in pack(name).resources}
    assert numbers["housing-advice"] == "0808 800 4444"


def test_oxfordshire_has_its_own_line() -> None:
    """OX-08: the county's helpline comes first on its call page (www.oxfordshire.gov.uk, domestic abuse)."""
    first = confidential(pack("gb-oxfordshire"), "Cherwell")[0]
    assert (first.id, first.phone) == ("oxfordshire-line", "0800 731 0055")


ADDRESS = re.compile(r": (?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+")
"""A page's address behind the name of who publishes it."""


@pytest.mark.parametrize("name", [name for name in PACKS if name != "practice"])
def test_each_number_names_its_page(name: str) -> None:
    """A number stands beside the page that publishes it, so that anybody can look again."""
    numbers = [resource for resource in pack(name).resources if resource.phone]
    assert numbers
    assert [resource.id for resource in numbers if ADDRESS.search(resource.source) is None] == []


@pytest.mark.parametrize(("name", "code"), SPOKEN)
def test_no_service_is_out_of_reach(name: str, code: str) -> None:
    """MO-14, MO-24: each entry of each pack stands on the home page or on the call page, in every county."""
    here = visit(name)
    words = Words(here.pack, code)
    for county in (None, *here.pack.counties):
        here.county = county
        numbers = [service.phone for service in on_home(here, words)]
        numbers += [line for line, _ in to_call(here, words, "hand-over")]
        wanted = [each for each in here.pack.resources if county is None or serves(each, county)]
        assert wanted
        assert [each.id for each in wanted if not any(str(each.phone) in number for number in numbers)] == []


FIRST = [
    ("us-mo", (), "support-line"),
    ("us-mo", ("harm-family",), "support-line"),
    ("us-mo", ("harm-stalking",), "support-line"),
    ("us-mo", ("harm-sexual",), "sexual-assault-line"),
    ("us-mo", ("harm-trafficking",), "trafficking-line"),
    ("us-ca-county", ("harm-family", "harm-sexual"), "sexual-assault-line"),
    ("us-or-multnomah", (), "local-line"),
    ("us-or-multnomah", ("harm-trafficking",), "local-night-line"),
    ("us-or-multnomah", ("harm-dating",), "local-line"),
    ("gb-safelives", ("harm-trafficking",), "exploitation-line"),
    ("gb-safelives", ("harm-sexual",), "sexual-violence-line"),
    ("gb-safelives", ("harm-stalking",), "stalking-line"),
    ("gb-oxfordshire", ("harm-family",), "oxfordshire-line"),
    ("gb-oxfordshire", ("harm-sexual",), "sexual-violence-line"),
]
"""What stands first on the call page, by what was told."""


@pytest.mark.parametrize(("name", "told", "first"), FIRST)
def test_the_line_that_fits_comes_first(name: str, told: tuple[str, ...], first: str) -> None:
    """MO-24: the kind of harm that was told chooses the first number; with nothing told it is the general line."""
    here = visit(name)
    here.harm = dict.fromkeys(told, 1)
    order = [resource.id for resource in fitting(here)]
    assert order[0] == first
    assert sorted(order) == sorted(resource.id for resource in confidential(here.pack, None))
    fallbacks = [resource.id for resource in here.pack.resources if resource.fallback]
    assert set(order[-len(fallbacks) :]) == set(fallbacks)


def test_a_young_visitor_gets_the_young_line_first() -> None:
    """Under 25, the line for young people stands ahead of the general one; later in life it does not."""
    here = visit("us-mo")
    (age,) = [question for question in here.pack.questions if question.fills == "age_band"]
    for band, young in ((1, True), (2, True), (4, False)):
        here.answer(age, band)
        order = [resource.id for resource in fitting(here)]
        assert (order.index("teen-line") < order.index("support-line")) is young


def test_a_county_brings_its_own_lines_first() -> None:
    """MO-23: whoever serves the chosen county only stands ahead of lines for everywhere."""
    nearest = [resource.id for resource in confidential(pack("practice"), "Lake County")]
    assert nearest[:2] == ["lake-house", "family-line"]
    assert confidential(pack("practice"), "Cedar County")[0].id == "family-line"


@pytest.mark.parametrize("name", PACKS)
def test_behind_the_gate_each_has_its_own_name(name: str) -> None:
    """The general line stands under its own name, and lines for day and night say so."""
    here = visit(name)
    shown = dict(to_call(here, Words(here.pack, "en"), "hand-over"))
    lines = {each.id: each for each in here.pack.resources}
    (general,) = [each for each in lines.values() if each.hotline]
    assert general.name is not None and general.name["en"] != general.label["en"]
    (named,) = [line for line in shown if line.startswith(f"{general.name['en']}: {general.phone}")]
    assert general.label["en"] not in str(shown)
    assert named.endswith("(day and night)") is general.day_and_night is True
