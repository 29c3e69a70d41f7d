"""Every kind of fault turns red once, and names the piece that has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.content.check import check
from kiosk.content.lint import lint
from kiosk.content.problems import Kind, PackProblem

TODAY = date(2026, 11, 22)
Data = dict[str, Any]


def problems(place: Path) -> list[PackProblem]:
    """Everything that `kiosk pack check` says."""
    checked = check(place)
    found = list(checked.problems)
    if checked.pack is not None:
        found += lint(checked.pack, TODAY)
    return found


def piece(data: Data, wanted: str) -> Data:
    """The piece of content with this id."""
    for name in ("pages", "crossroads", "questions", "sections", "resources"):
        for item in data[name]:
            for each in (item, *item.get("lines", ())):
                if each["id"] == wanted:
                    found: Data = each
                    return found
    raise KeyError(wanted)


def at(wanted: str, key: str, value: Any) -> Callable[[Data], object]:
    """A change that sets one key of one piece."""
    return lambda data: piece(data, wanted).__setitem__(key, value)


def top(key: str, value: Any) -> Callable[[Data], object]:
    """A change that sets one key of the pack."""
    return lambda data: data.__setitem__(key, value)


def without(name: str, wanted: str) -> Callable[[Data], object]:
    """A change that takes one piece out."""
    return lambda data: data.__setitem__(name, [item for item in data[name] if item["id"] != wanted])


def both(text: str, other: str = "Uno.") -> Data:
    """A text in both languages, the second one harmless."""
    return {"en": text, "es": other}


def card(**changed: Any) -> Callable[[Data], object]:
    """A change that adds a card for staff, as it would be but for what is changed."""
    whole = {"id": "card", "title": both("Listen", "Escuche"), "lines": [both("Take your time.", "Con calma.")]}
    return top("staff", [whole | changed])


LONG = "One two three four five six seven eight nine ten one two three four five six seven eight nine ten one."
HARD = (
    "Participating organizations coordinate comprehensive interdisciplinary assessments facilitating stabilization "
    "through individualized intervention. Eligibility determinations necessitate authoritative documentation. "
    "Subsequently administrators communicate prioritization recommendations. Confidentiality provisions "
    "accommodate participants notwithstanding jurisdictional considerations."
)

TABLE: list[tuple[Kind, str, Callable[[Data], object]]] = [
    (Kind.CONTROL, "gate", at("gate", "title", both("Is it\x1b]52;c;aGk=\x07 private?"))),
    (Kind.CONTROL, "gate", at("gate", "title", both("Is it \u202eprivate?"))),
    (Kind.CONTROL, "gate", at("gate", "title", both("Is it\nprivate?"))),
    (Kind.CONTROL, "gate", at("gate", "title", both("Is it\u200b private?"))),
    (Kind.MARKUP, "gate", at("gate", "title", both("Is it [b]private[/b]?"))),
    (Kind.MARKUP, "gate", at("gate", "title", both("[@click=app.quit]here[/]"))),
    (Kind.SIZE, "gate", at("gate", "title", both(" ".join(["word"] * 120)))),
    (Kind.SHAPE, "gate", at("gate", "title", "Is it private?")),
    (Kind.SHAPE, "gate", lambda data: piece(data, "gate").pop("title")),
    (Kind.SHAPE, "pack.toml", top("version", "1")),
    (Kind.UNKNOWN_KEY, "gate", at("gate", "onclick", "app.quit")),
    (Kind.UNKNOWN_KEY, "pack.toml", top("script", "rm")),
    (Kind.ID, "pack.toml", top("id", "us-mo")),
    (Kind.ID, "pack.toml", top("instrument", 65536)),
    (Kind.ID, "'Pets!'", at("pets", "id", "Pets!")),
    (Kind.ID, "pets", at("pets", "answers", ["everything"])),
    (Kind.ID, "pets", at("pets", "origin", "somebody")),
    (Kind.ID, "pets", at("pets", "review_by", "soon")),
    (Kind.ID, "'Go On'", lambda data: data["words"].__setitem__("Go On", both("Go on"))),
    (Kind.ID, "languages", lambda data: data["languages"].append({"code": "english", "name": "English"})),
    (Kind.TWICE, "'pets'", lambda data: data["sections"].append(piece(data, "pets"))),
    (
        Kind.TWICE,
        "veteran",
        lambda data: piece(data, "veteran")["choices"].append(piece(data, "veteran")["choices"][0]),
    ),
    (Kind.CODE, "sleeping-place", lambda data: piece(data, "sleeping-place")["choices"][0].__setitem__("code", 4711)),
    (Kind.CODE, "veteran", lambda data: piece(data, "veteran")["choices"][0].__setitem__("code", 99)),
    (Kind.CODE, "veteran", at("veteran", "fills", "shoe_size")),
    (Kind.CODE, "veteran", at("veteran", "fills", "pregnancy")),
    (Kind.CODE, "harm-family", at("harm-family", "fills", "veteran")),
    (Kind.CODE, "harm-family", at("harm-family", "part", "score")),
    (Kind.REFERENCE, "veteran", at("veteran", "only_if", {"income": [1]})),
    (Kind.REFERENCE, "veteran", at("veteran", "only_if", {"age": [42]})),
    (Kind.REFERENCE, "yes", lambda data: piece(data, "yes")["ways"][0].__setitem__("goes", "shell")),
    (Kind.REFERENCE, "policies", lambda data: data["policies"][0].__setitem__("notice", "nowhere")),
    (Kind.REFERENCE, "gate", at("gate", "roles", ["police"])),
    (Kind.REFERENCE, "card", card(roles=["police"])),
    (Kind.REFERENCE, "card", card(kind="poster")),
    (Kind.REFERENCE, "card", card(lines=[])),
    (Kind.COVERAGE, "'MO-99'", card(answers=["MO-99"])),
    (Kind.WORDING, "card", card(lines=[both("They must leave.")])),
    (Kind.SLOT, "gate", at("gate", "title", both("Is it {private}?", "¿Es {private}?"))),
    (Kind.SLOT, "gate", at("gate", "title", both("Call {emergency}", "Llame"))),
    (Kind.SLOT, "gate", at("gate", "title", both("Is it { private?", "¿Es { privado?"))),
    (Kind.SLOT, "go-first", at("go-first", "text", both("I can go.", "Puedo ir."))),
    (Kind.SLOT, "words.back", lambda data: data["words"].__setitem__("back", both("{a.__class__}", "{a.__class__}"))),
    (Kind.MISSING, "framing", without("pages", "framing")),
    (Kind.MISSING, "leaving", without("pages", "leaving")),
    (Kind.MISSING, "release", without("pages", "release")),
    (Kind.MISSING, "yes", without("crossroads", "yes")),
    (Kind.MISSING, "yes", lambda data: piece(data, "yes")["ways"].clear()),
    (Kind.MISSING, "policies", lambda data: data["policies"].pop()),
    (Kind.MISSING, "gate", lambda data: piece(data, "gate")["title"].pop("en")),
    (Kind.MISSING, "questions", top("questions", [])),
    (Kind.HOME, "bread-basket", at("bread-basket", "label", both("Shelter Pantry"))),
    (Kind.HOME, "bread-basket", at("bread-basket", "does", both("Food", "Comida para víctimas de violencia"))),
    (Kind.HOME, "words.home-title", lambda data: data["words"].__setitem__("home-title", both("Domestic abuse help"))),
    (Kind.HOME, "pack", top("title", both("Safety first"))),
    (Kind.PHRASE, "phrase_words", lambda data: data["phrase_words"].__setitem__("es", ["uno", "dos"])),
    (Kind.PHRASE, "phrase_words", lambda data: data["phrase_words"]["en"].append("two words")),
    (
        Kind.PHRASE,
        "phrase_words",
        lambda data: data["phrase_words"]["es"].append(data["phrase_words"]["es"][0].upper()),
    ),
    (Kind.DIRECTORY, "lake-house", at("lake-house", "fits", ["pets"])),
    (Kind.DIRECTORY, "bread-basket", at("bread-basket", "kind", "weapons")),
    (Kind.DIRECTORY, "bread-basket", at("bread-basket", "counties", ["Atlantis"])),
    (Kind.DIRECTORY, "bread-basket", at("bread-basket", "phone", "call Joe")),
    (Kind.DIRECTORY, "bread-basket", at("bread-basket", "last_verified", "yesterday")),
    (Kind.DIRECTORY, "bread-basket", at("bread-basket", "met", "2026-11")),
    (Kind.DIRECTORY, "lake-house", at("lake-house", "met_by", "Mary from Harbor")),
    (Kind.DIRECTORY, "resources", at("family-line", "hotline", False)),
    (Kind.DIRECTORY, "resources", lambda data: [item.pop("fallback", None) for item in data["resources"]]),
    (
        Kind.DIRECTORY,
        "'Lake County'",
        lambda data: [item.update(counties=["River County"]) for item in data["resources"]],
    ),
    (Kind.DIRECTORY, "resources", lambda data: [item.update(on_home=False) for item in data["resources"]]),
    (Kind.LANGUAGE, "gate", lambda data: piece(data, "gate")["title"].pop("es")),
    (Kind.LANGUAGE, "words.back", lambda data: data["words"]["back"].__setitem__("es", " ")),
    (Kind.READING, "gate", lambda data: piece(data, "gate")["body"].append(both(HARD))),
    (Kind.READING, "gate", lambda data: piece(data, "gate")["body"].append(both("Yes.", HARD.replace("tion", "ción")))),
    (Kind.SENTENCE, "gate", at("gate", "title", both(LONG))),
    (Kind.WORDING, "gate", at("gate", "title", both("You must leave him."))),
    (Kind.WORDING, "gate", at("gate", "title", both("Private?", "¿Usted debería irse?"))),
    (Kind.WORDING, "harm-family", at("harm-family", "why", both("Why didn't you tell us?"))),
    (Kind.CAUTION, "go-first", lambda data: piece(data, "a-place-to-go").pop("caution")),
    (Kind.CAUTION, "children-call", lambda data: piece(data, "children-call").pop("caution")),
    (Kind.CAUTION, "children", lambda data: piece(data, "children").pop("ask_first")),
    (Kind.ADDRESS, "lake-house", at("lake-house", "does", both("Come to 12 Hill Street"))),
    (Kind.ADDRESS, "lake-house", at("lake-house", "does", both("Come", "Calle Sol número 12"))),
    (Kind.REVIEW, "pets", at("pets", "review_by", "2026-10")),
    (Kind.NEEDED, "veteran", at("veteran", "needed_for", "")),
    (Kind.COVERAGE, "MO-01", lambda data: (top("sources", ["MO"])(data), piece(data, "plan-offer").pop("answers"))),
    (Kind.COVERAGE, "'XX'", top("sources", ["XX"])),
    (Kind.COVERAGE, "'MO-99'", at("pets", "answers", ["MO-99"])),
    (Kind.SOURCE, "lake-house", at("lake-house", "source", "")),
    (Kind.GLYPH, "gate", at("gate", "title", both("Is it private \u2192 here?"))),
]


def test_the_pack_is_whole_before_it_is_broken(folder: Any) -> None:
    """Presence before absence: the pack that the table breaks has no fault."""
    assert problems(folder()) == []
    assert problems(folder(card())) == []


@pytest.mark.parametrize(("kind", "where", "change"), TABLE, ids=lambda value: value if isinstance(value, str) else "")
def test_fault_is_named(folder: Any, kind: Kind, where: str, change: Callable[[Data], object]) -> None:
    """G1: each fault is reported once broken, with its kind and the id that has it."""
    found = problems(folder(change))
    assert (kind, where) in {(problem.kind, problem.id) for problem in found}, [str(problem) for problem in found]


def test_every_kind_is_in_a_table() -> None:
    """No kind of fault exists that no test has seen red; `test_hostile` shows those of files."""
    of_files = {Kind.FOLDER, Kind.INCLUDE, Kind.SYMLINK, Kind.TOML, Kind.NESTING, Kind.CYCLE}
    assert {kind for kind, _, _ in TABLE} == set(Kind) - of_files


def test_only_editorial_faults_leave_a_kiosk_running(folder: Any) -> None:
    """A review that is due, or a missing translation, is reported and stops nobody; a broken code does."""
    assert check(folder(at("pets", "review_by", "2020-01"))).usable
    assert not check(folder(at("veteran", "fills", "shoe_size"))).usable
