"""No requirement of the five sources was dropped: a piece answers it, or `requirements.toml` says what does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kiosk.cli import run
from kiosk.content.coverage import answered, coverage, due, elsewhere, partly, points, reached, required, sources
from kiosk.content.problems import Kind
from kiosk.content.texts import pieces
from tests.kit import pack

SOURCES = {
    "MO": ("us-mo", 45),
    "SC": ("us-ca-county", 15),
    "SL": ("gb-safelives", 16),
    "OR": ("us-or-multnomah", 21),
    "OX": ("gb-oxfordshire", 16),
}
"""Each source, with its pack and how many requirements it has."""

POINTS = {
    "MO-33": 5,
    "MO-35": 5,
    "MO-36": 6,
    "SC-09": 24,
    "SC-12": 6,
    "SC-13": 7,
    "SC-14": 7,
    "SL-04": 7,
    "SL-05": 13,
    "SL-07": 7,
    "SL-08": 9,
    "SL-09": 7,
    "SL-10": 7,
    "SL-11": 5,
    "SL-12": 2,
    "SL-13": 9,
    "OR-07": 8,
    "OR-18": 15,
    "OX-07": 18,
    "OX-09": 6,
    "OX-11": 8,
}
"""How many points each list of a source has."""

ON_CARDS = {
    "MO": {"MO-21", "MO-27", "MO-30", "MO-31", "MO-38", "MO-39", "MO-43", "MO-44", "MO-45"},
    "SC": {"SC-03", "SC-14", "SC-15"},
    "SL": {"SL-09", "SL-14", "SL-15"},
    "OR": {"OR-13", "OR-15", "OR-20", "OR-21"},
    "OX": {"OX-04", "OX-12"},
}
"""What cards for staff answer, and nothing else could."""


def test_every_source_has_its_pack() -> None:
    """Presence: five sources, each answered by one pack."""
    assert set(sources()) == set(SOURCES)
    for prefix, (name, _) in SOURCES.items():
        assert pack(name).sources == (prefix,)


@pytest.mark.parametrize("prefix", SOURCES)
def test_no_requirement_was_dropped(prefix: str) -> None:
    """Each requirement is answered by a piece of its pack, or named as answered elsewhere; never both; none is due."""
    name, many = SOURCES[prefix]
    wanted, beyond = required(prefix), elsewhere(prefix)
    assert len(wanted) == many
    assert set(beyond) <= set(wanted)
    have = {answer for answer in answered(pack(name)) if answer.startswith(prefix)}
    assert have | set(beyond) == set(wanted)
    assert not have & set(beyond)
    assert due(prefix) == {}


COMMAND = re.compile(r"`kiosk ([a-z ]+)")


@pytest.mark.parametrize("prefix", SOURCES)
def test_what_is_said_to_answer_is_there(prefix: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that answers a requirement is one that the program has: none reads as met by what is gone."""
    named = [words for why in elsewhere(prefix).values() for words in COMMAND.findall(why)]
    assert named or prefix != "MO"
    for words in named:
        with pytest.raises(SystemExit, match="0"):
            run([*words.split(), "--help"])
        assert f"usage: kiosk {words}" in capsys.readouterr().out


@pytest.mark.parametrize("answered_too", [False, True])
def test_what_is_due_is_a_fault(monkeypatch: pytest.MonkeyPatch, answered_too: bool) -> None:
    """A requirement that is only due is met by nobody: `pack check` names it, whatever a pack says of it."""
    made = pack("us-mo")
    assert list(coverage(made)) == []
    requirement = "MO-02" if answered_too else "MO-25"
    assert (requirement in answered(made)) == answered_too
    source = sources()["MO"]
    beyond = {name: why for name, why in source["elsewhere"].items() if name != requirement}
    later = sources() | {"MO": source | {"elsewhere": beyond, "due": {requirement: "Somebody will write it."}}}
    monkeypatch.setattr("kiosk.content.coverage.sources", lambda: later)
    (problem,) = coverage(made)
    assert (problem.kind, problem.id) == (Kind.COVERAGE, requirement)
    assert "Somebody will write it." in problem.sentence


@pytest.mark.parametrize("prefix", SOURCES)
def test_what_is_missing_is_said(prefix: str) -> None:
    """What is answered elsewhere or only in part has a sentence; what is said to be in part is in part there."""
    said = {**elsewhere(prefix), **partly(prefix)}
    assert all(len(reason) > 20 for reason in said.values())
    assert set(partly(prefix)) <= answered(pack(SOURCES[prefix][0]))


@pytest.mark.parametrize("requirement", POINTS)
def test_each_point_of_a_list_has_a_line(requirement: str) -> None:
    """Each bullet of a list is a line of its own in the pack of its source, and the line cites what it answers."""
    prefix = requirement.partition("-")[0]
    made = pack(SOURCES[prefix][0])
    listed = points(prefix)[requirement]
    assert len(listed) == len(set(listed.values())) == POINTS[requirement]
    cited = {piece.id: piece.answers for piece in pieces(made)}
    for point, line in listed.items():
        assert requirement in cited[line.partition("#")[0]], point


def test_a_point_without_its_line_is_a_fault() -> None:
    """Taking one line out of a pack, or leaning two points on one line, is named by the check."""
    made = pack("gb-oxfordshire")
    assert list(coverage(made)) == []
    without = replace(
        made,
        sections=tuple(
            replace(each, lines=tuple(line for line in each.lines if line.id != "children-talk"))
            for each in made.sections
        ),
    )
    assert [str(fault) for fault in coverage(without)] == ["OX-07: Nothing in the pack says 'talking with children'."]


@pytest.mark.parametrize("prefix", SOURCES)
def test_what_answers_can_be_reached(prefix: str) -> None:
    """Each piece that answers a line of the source is one that the program opens, whatever the role."""
    made = pack(SOURCES[prefix][0])
    answering = {piece.id for piece in pieces(made) if any(each.startswith(prefix) for each in piece.answers)}
    assert len(answering) > 20
    assert answering - {piece.id for piece in reached(made)} == set()


def test_a_page_that_nobody_opens_answers_nothing() -> None:
    """A line that only stands in a file is a fault: without the role that has its notice, its answers do not count."""
    made = pack("us-ca-county")
    assert "SC-02" in answered(made)
    blind = replace(made, policies=tuple(replace(each, notice="notice-staff") for each in made.policies))
    assert "notice-social-worker" not in {piece.id for piece in reached(blind)}
    assert "SC-02" not in answered(blind)
    assert [str(fault) for fault in coverage(blind)] == ["SC-02: Nothing in the pack answers it."]


@pytest.mark.parametrize("prefix", ON_CARDS)
def test_cards_answer_what_staff_do(prefix: str) -> None:
    """What is the staff's to say or to think of stands on a card of theirs."""
    name, _ = SOURCES[prefix]
    on_cards = {answer for card in pack(name).staff for answer in card.answers}
    assert ON_CARDS[prefix] <= on_cards
