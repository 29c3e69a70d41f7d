"""Policies decide, never code: what each place promises, asks, warns about and leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.content.texts import texts
from kiosk.sitting.pages.interpreter import InterpreterPage
from kiosk.sitting.sitting import Sitting
from schema.pack import Pack, Policy
from tests.kit import pack, snapshot

AMERICAN = ("us-mo", "us-ca-county", "us-or-multnomah")
BRITISH = ("gb-safelives", "gb-oxfordshire")
FIVE = AMERICAN + BRITISH

NO_SUPPORT = {"moment-place", "tech-safe-device", "neck-doctor"}
"""Lines with a gap for a place that is no support: a room, a computer, a clinic."""


def read_by_a_visitor(made: Pack) -> Iterator[tuple[str, str]]:
    """Every text that a visitor reads, with the id it belongs to; cards for staff are not among them."""
    for where, _, text in texts(replace(made, staff=())):
        for words in text.values():
            yield where, words


def policy(name: str, role: str) -> Policy:
    """What a role may do in a pack."""
    return next(each for each in pack(name).policies if each.role == role)


def test_each_pack_has_a_number_of_its_own() -> None:
    """The instrument in a sealed record names one pack's questions."""
    assert len({pack(name).instrument for name in FIVE}) == len(FIVE)


@pytest.mark.parametrize("name", FIVE)
def test_emergency_number(name: str) -> None:
    """911 in the United States, 999 in the United Kingdom, and neither is written out in a text."""
    assert pack(name).emergency == ("911" if name in AMERICAN else "999")
    for where, words in read_by_a_visitor(pack(name)):
        assert not re.search(r"\b(911|999)\b", words), where


@pytest.mark.parametrize("name", BRITISH)
def test_nothing_american_in_britain(name: str) -> None:
    """No HMIS, no county, no 2-1-1, no dollar, no American spelling; Marac is a word for staff."""
    american = re.compile(r"HMIS|\bcount(?:y|ies)\b|[Cc]ondado|2-1-1|\$|VAWA|neighbor|center|counselor|Marac", re.ASCII)
    assert any(american.search(words) for _, words in read_by_a_visitor(pack("us-mo")))
    hits = [(where, words) for where, words in read_by_a_visitor(pack(name)) if american.search(words)]
    assert [(where, words) for where, words in hits if where != "words.home-where"] == []
    assert {resource.phone for resource in pack(name).resources}.isdisjoint({"211", "988", "911"})


def test_marac_is_a_word_for_staff() -> None:
    """SL-14: staff have a card about Marac, and it says that the program sends nobody there."""
    (card,) = [card for card in pack("gb-safelives").staff if "SL-14" in card.answers]
    assert "sends no one to Marac" in " ".join(line["en"] for line in card.lines)


@pytest.mark.parametrize("name", FIVE)
def test_lists_that_there_are(name: str) -> None:
    """MO-03: where there is an HMIS both lists are offered; elsewhere the service's own, and "not now"."""
    (pathway,) = [each for each in pack(name).crossroads if each.id == "pathway"]
    ways = [way.goes for way in pathway.ways]
    assert ways == (["external", "hmis", "undecided"] if name in AMERICAN else ["external", "undecided"])


@pytest.mark.parametrize("name", BRITISH)
def test_a_silent_call_promises_nothing_false(name: str) -> None:
    """55 works on mobiles only, gives no place, and the call ends without it: said ahead of the lines that name it."""
    (section,) = [each for each in pack(name).sections if each.id == "silent-call"]
    assert section.caution is not None
    for truth in ("a mobile only", "does not tell them where you are", "If you do not press it, the call ends"):
        assert truth in section.caution["en"]
    mine = {section.id, *(line.id for line in section.lines)}
    named = {where for where, words in read_by_a_visitor(pack(name)) if re.search(r"\b55\b", words)}
    assert named - {"age"} <= mine


def test_a_social_worker_writes_no_plan() -> None:
    """SC-01: in the California pack that role has no plan at all, and its notice says why; the others have one."""
    assert policy("us-ca-county", "social-worker").plan is False
    assert policy("us-ca-county", "social-worker").ways == ()
    for name in FIVE:
        for each in pack(name).policies:
            assert each.plan or (name, each.role) == ("us-ca-county", "social-worker")
    notice = next(page for page in pack("us-ca-county").pages if page.id == "notice-social-worker")
    assert "write no plan" in " ".join(paragraph["en"] for paragraph in notice.body)


def test_a_childs_part_waits_for_the_safe_parent() -> None:
    """SC-11, SC-12: each part with a point of the child's list asks first, and a card tells staff to ask as well."""
    made = pack("us-ca-county")
    about = [section for section in made.sections if any("SC-12" in line.answers for line in section.lines)]
    assert about and all(section.ask_first and not section.prompts for section in about)
    (card,) = [card for card in made.staff if card.id == "card-elements"]
    assert any("Ask the safe parent first" in line["en"] for line in card.lines)


def test_can_they_get_to_this_person() -> None:
    """SC-10: in the California pack each line about a person or place asks whether it can be reached."""
    lines = [line for section in pack("us-ca-county").sections for line in section.lines]
    supports = [line for line in lines if {"person", "place"} & set(line.blanks) and line.id not in NO_SUPPORT]
    assert len(supports) >= 15
    for line in supports:
        asked = " ".join(text["en"] for text in (line.caution, line.why) if text)
        assert re.search(r"reach them|find (?:you|it)", asked), line.id


def test_the_reporters_notice_comes_first() -> None:
    """OR-15: in Oregon every role but the confidential advocate's opens with the reporter's notice."""
    for each in pack("us-or-multnomah").policies:
        assert each.notice == ("notice-confidential" if each.role == "advocate" else "notice-reporter")


def test_horizons_and_ways_through() -> None:
    """OR-04, OR-11, OR-02: five horizons in their order; staying and "someone I know" are offered as plainly."""
    sections = [section.id for section in pack("us-or-multnomah").sections]
    assert sections[0] == "what-i-know"
    assert sections[1:8] == ["next-hour", "tonight", "this-week", "later", "if-i-leave", "if-i-stay", "someone-i-know"]
    (offer,) = [each for each in pack("us-or-multnomah").crossroads if each.id == "plan-offer"]
    assert [(way.goes, way.opens) for way in offer.ways[:4]] == [
        ("horizon", None),
        ("plan", "if-i-stay"),
        ("plan", "someone-i-know"),
        ("deck", None),
    ]
    (horizon,) = [each for each in pack("us-or-multnomah").crossroads if each.id == "horizon"]
    assert [way.opens for way in horizon.ways] == [*sections[1:6], None]


def test_fifteen_prompts_are_questions() -> None:
    """OR-18, OR-06: fifteen prompts, each a question; the eighth presumes no memory of last week."""
    lines = [line for section in pack("us-or-multnomah").sections for line in section.lines if "OR-18" in line.answers]
    assert len(lines) == 15
    assert all("?" in line.text["en"] and "?" in line.text["es"] for line in lines)
    (eighth,) = [line for line in lines if line.id == "week-since"]
    assert "Since you were last here" in eighth.text["en"] and "week" not in eighth.text["en"]


def test_a_card_can_be_read_to_her() -> None:
    """OR-17: each card of the deck speaks to her, so that who sits beside her reads it out as it stands."""
    first = {"en": r"\b(?:I|I'm|me|my|mine|we|us|our)\b", "es": r"\b(?:yo|me|mí|mi|mis|conmigo|nos|nuestr[oa]s?)\b"}
    assert re.search(first["en"], "What do I want?") and re.search(first["es"], "¿Qué me da calma?")
    cards = [line for section in pack("us-or-multnomah").sections if section.prompts for line in section.lines]
    assert len(cards) > 30
    for line in cards:
        for language, pattern in first.items():
            assert not re.search(pattern, line.text[language]), line.id


def test_warnings_come_before_the_bag() -> None:
    """SL-06, SC-09: packing is warned about ahead of the first thing to pack."""
    for name, part in (("gb-safelives", "bag"), ("gb-oxfordshire", "bag"), ("us-ca-county", "ready")):
        (section,) = [each for each in pack(name).sections if each.id == part]
        assert section.caution is not None and "pack" in section.caution["en"].lower()


def test_stages_in_their_order() -> None:
    """OX-01, OX-02: staying, planning to go, after; each of their lines says why."""
    stages = [section for section in pack("gb-oxfordshire").sections if "OX-01" in section.answers]
    assert [section.id for section in stages] == ["while-i-stay", "planning-to-go", "after"]
    assert all(line.why for section in pack("gb-oxfordshire").sections for line in section.lines)


def test_notes_are_never_kept_here() -> None:
    """OX-07, OX-11: where notes or a diary are spoken of, the risk of keeping them comes first."""
    lines = {line.id: line for section in pack("gb-oxfordshire").sections for line in section.lines}
    for line in (lines["stay-notes"], lines["after-diary"]):
        assert line.caution is not None and "court can ask" in line.caution["en"]


@pytest.mark.parametrize("name", FIVE)
def test_languages_in_their_own_letters(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """OR-14: somebody finds her language by its letters, and on a console that has none of them by its Latin name."""
    monkeypatch.setenv("TERM", "xterm-256color")
    *_, names = InterpreterPage(Sitting(snapshot(name=name))).blocks()
    for own in ("中文", "Tiếng Việt", "العربية", "Русский", "Soomaali", "한국어", "اردو"):
        assert own in names.text, own
    monkeypatch.setenv("TERM", "linux")
    *_, names = InterpreterPage(Sitting(snapshot(name=name))).blocks()
    assert "Tieng Viet" in names.text and "Zhongwen (Chinese)" in names.text
    assert all(letter <= "\u00ff" for letter in names.text)
