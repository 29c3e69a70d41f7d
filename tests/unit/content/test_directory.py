"""The directories that come with the program: somebody for every county, and a home page that gives nobody away."""

from __future__ import annotations

import pytest

from kiosk.content.directory import serves
from kiosk.content.snapshot import available
from kiosk.content.wording import harm_words
from tests.kit import pack

PACKS = sorted(available())


@pytest.mark.parametrize(("name", "code"), [(name, code) for name in PACKS for code in ("en", "es")])
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


def test_missouri_has_all_its_counties() -> None:
    """114 counties and the City of St. Louis, in the order of their names."""
    counties = pack("us-mo").counties
    assert len(counties) == len(set(counties)) == 115
    assert {"St. Louis", "St. Louis City", "Ste. Genevieve", "DeKalb"} <= set(counties)


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
