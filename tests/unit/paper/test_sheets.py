"""Sheets: a mixed list that is nobody's, and a plan that says of itself nothing at all."""

from __future__ import annotations

import pytest

from kiosk.content.banned_words import harm_words
from kiosk.paper.sheets import COLUMNS, FEWEST_SERVICES, Entry, Paper, Sheet, plan_sheet, resource_sheet
from kiosk.sitting.app import SittingApp
from kiosk.sitting.printing import SERVICES
from tests.kit import pack, snapshot

PACKS = ("us-mo", "us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire")
PAPER = Paper(42, "cp858")


def mixed(name: str, county: str | None, language: str) -> Sheet:
    """The mixed list of a pack, as a sitting would print it."""
    app = SittingApp(snapshot(name=name, language=language, printer_columns=42))
    app.sitting.visit.county = county
    assert app.sitting.printing is not None
    return app.sitting.printing.sheet(SERVICES, large=False)


@pytest.mark.parametrize(("name", "language"), [(name, each.code) for name in PACKS for each in pack(name).languages])
def test_the_mixed_list_gives_nobody_away(name: str, language: str) -> None:
    """MO-40: five ordinary services and more in every county, by name, the hotline among them, no word of harm."""
    whole = pack(name)
    line = next(each for each in whole.resources if each.hotline)
    ordinary = {
        f"{each.label[language]} {each.phone or ''}".rstrip()
        for each in whole.resources
        if each.on_home and each.kind != "crisis"
    }
    for county in (None, *whole.counties[:12]):
        sheet = mixed(name, county, language)
        text = " ".join(each.text for each in sheet.lines)
        places = {label: f" {text}".find(f" {label} ") for label in ordinary}
        on_it = [label for label in sorted(places, key=str.casefold) if places[label] >= 0]
        assert len(on_it) >= FEWEST_SERVICES
        assert [places[label] for label in on_it] == sorted(places[label] for label in on_it)
        assert line.phone is not None and (line.phone in text) == line.on_home
        assert harm_words(language, text) == []


@pytest.mark.parametrize("name", PACKS)
def test_the_mixed_list_holds_nothing_of_ours(name: str) -> None:
    """MO-40: no header, no time, no sheet id, no name of the program: services, and at the foot a number like any."""
    whole = pack(name)
    sheet = mixed(name, None, "en")
    said = {each.label["en"] for each in whole.resources} | {each.does["en"] for each in whole.resources}
    told = " ".join(" ".join(said | {each.phone or "" for each in whole.resources}).split())
    assert [line.text for line in sheet.lines[-2:]] == ["", "Sheet number: ... ... .."]
    for line in sheet.lines[:-2]:
        for word in line.text.split():
            assert word in told, word
    assert "kiosk" not in told.casefold()
    assert sheet.lines[0].bold


def test_too_few_services_are_no_list() -> None:
    """MO-40: a list of four would say too much; the same service twice counts once."""
    few = [Entry(f"Service {number % 4}", "555-0100") for number in range(9)]
    with pytest.raises(ValueError, match="too few"):
        resource_sheet(PAPER, few, "")
    assert resource_sheet(PAPER, [*few, Entry("One more", "555-0101")], "").lines


@pytest.mark.parametrize("columns", COLUMNS)
def test_a_plan_is_only_its_lines(columns: int) -> None:
    """OR-19, MO-11: her lines, an id, and nothing else; long lines are broken between words."""
    parts = [["I can call my sister at 555-0100 whenever I want to, day or night"], ["bag", "keys"]]
    sheet = plan_sheet(Paper(columns, "cp858"), parts, "C3D4F", large=True)
    text = [line.text for line in sheet.lines]
    joined = " ".join(" ".join(line.removeprefix("- ").strip() for line in text).split())
    assert joined == "I can call my sister at 555-0100 whenever I want to, day or night bag keys C3D4F"
    assert text[-1] == "C3D4F" and text.count("") == 2
    assert sheet.large and not any(line.bold for line in sheet.lines)
    assert all(len(line) <= columns for line in text)


def test_a_word_longer_than_the_paper_is_broken() -> None:
    """A sheet is never wider than the paper, and loses no letter."""
    sheet = plan_sheet(Paper(32, "cp858"), [["x" * 100]], "C3D4F")
    assert sum(line.text.count("x") for line in sheet.lines) == 100


def test_a_copy_says_what_it_asks() -> None:
    """OX-05: the sheet for somebody else begins with a request to keep it and show it to nobody."""
    sheet = plan_sheet(PAPER, [["keys"]], "C3D4F", ahead="Please keep this for me.")
    assert sheet.lines[0].text == "Please keep this for me." and sheet.lines[0].bold


def test_lines_do_not_print_themselves() -> None:
    """P1: a sheet's repr holds none of its words."""
    assert "sister" not in repr(plan_sheet(PAPER, [["call my sister"]], "C3D4F"))
