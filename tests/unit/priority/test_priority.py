from __future__ import annotations

import dataclasses
import inspect
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.priority import chronic
from kiosk.priority.judge import Judge, codes_of
from kiosk.priority.profile import COMPUTED, SCORE, load
from kiosk.priority.rank import BY_CHANCE, Entry, Ranked, ahead, number_in, rank, sort_key, tie_break
from kiosk.priority.score import score
from schema.answers import FACTOR_CODES, NOT_A_VALUE
from schema.summary import Factors, Pathway
from tests.made_up import a_summary, factors

PROFILE = load()
SECRET = bytes(range(32))
"""A made-up region's number key."""
CHRONIC = Factors(disabling_condition=1, months_homeless=113, times_homeless=4, living_situation=116)
NEARLY = Factors(disabling_condition=1, months_homeless=112, times_homeless=3, living_situation=116)
LONG = Factors(months_homeless=113, living_situation=101)
SHORT = Factors(months_homeless=103, living_situation=116)


def numbers(ranked: tuple[Ranked, ...]) -> list[int]:
    return [each.number for each in ranked]


def test_greater_need_comes_first() -> None:
    """Chronic, then nearly, then months, then the rest (HUD CPD-16-11's order), whatever the order they come in."""
    people = {10_000_001: SHORT, 10_000_002: CHRONIC, 10_000_003: LONG, 10_000_004: NEARLY, 10_000_005: Factors()}
    wanted = [10_000_002, 10_000_004, 10_000_003, 10_000_001, 10_000_005]
    for order in itertools.permutations(people):
        ranked = rank([Entry(number, people[number]) for number in order], PROFILE, SECRET)
        assert numbers(ranked) == wanted
    assert [each.rank for each in ranked] == [1, 2, 3, 4, 5]


def test_a_year_where_she_sleeps_is_chronic_too() -> None:
    """HUD's other way to be chronically homeless: a year or longer on the street, in shelter or safe haven."""
    bands = [
        rank([Entry(1, Factors(disabling_condition=1, length_of_stay=5, living_situation=place))], PROFILE, SECRET)[
            0
        ].bands[0]
        for place in (101, 116, 118, 302, 335, 410)
    ]
    assert bands == [2, 2, 2, 0, 0, 0]


@settings(max_examples=300)
@given(factors(), st.data())
def test_what_was_not_said_adds_nothing(said: Factors, data: st.DataObject) -> None:
    """8, 9, 99 never sort as values: an unknown factor gives what no answer gives, whichever unknown it is."""
    name = data.draw(st.sampled_from(sorted(FACTOR_CODES)))
    judged = {
        code: (score(each, PROFILE), rank([Entry(1, each)], PROFILE, SECRET)[0].bands)
        for code in NOT_A_VALUE
        for each in [dataclasses.replace(said, **{name: code})]
    }
    assert judged[8] == judged[9] == judged[99]
    points, bands = score(said, PROFILE).points, rank([Entry(1, said)], PROFILE, SECRET)[0].bands
    assert points >= judged[99][0].points
    assert bands >= judged[99][1]


def test_eight_and_ninety_nine_are_not_the_greatest() -> None:
    """Codes 8, 9 and 99 as months or times rank behind any real value, not above the highest."""
    for unknown in NOT_A_VALUE:
        lot = rank(
            [Entry(1, Factors(months_homeless=unknown)), Entry(2, Factors(months_homeless=103))], PROFILE, SECRET
        )
        assert numbers(lot) == [2, 1]


def answers_that_count() -> list[Factors]:
    """Every combination of answers over the factors that ranking keys look at, and every answer of the others."""
    keyed = ("living_situation", "length_of_stay", "months_homeless", "times_homeless", "disabling_condition")
    few = {
        "living_situation": (101, 116, 302, 410, 99),
        "length_of_stay": (4, 5, 99),
        "months_homeless": (101, 103, 106, 110, 112, 113, 8),
        "times_homeless": (1, 2, 3, 4, 9),
        "disabling_condition": (0, 1, 8),
    }
    combined = [
        Factors(**dict(zip(keyed, codes, strict=True))) for codes in itertools.product(*(few[name] for name in keyed))
    ]
    single = [Factors(**{name: code}) for name, codes in FACTOR_CODES.items() for code in codes]
    return combined + single


def test_pathway_changes_nothing_over_all_answers() -> None:
    """P9: over every combination of answers that count, victim services, the general list and undecided get one score,
    one place and one reason.
    """
    everybody = answers_that_count()
    assert len(everybody) > 1500
    ranked = []
    for pathway in Pathway:
        kept = [a_summary(number, factors=each, pathway=pathway) for number, each in enumerate(everybody, 10_000_000)]
        lot = rank((Entry(number, each.factors) for number, each in enumerate(kept, 10_000_000)), PROFILE, SECRET)
        ranked.append((lot, [score(each.factors, PROFILE) for each in kept]))
    assert ranked[0] == ranked[1] == ranked[2]


@settings(max_examples=200)
@given(st.lists(st.tuples(factors(), st.sampled_from(Pathway)), min_size=1, max_size=12), st.sampled_from(Pathway))
def test_one_visitors_pathway_moves_nobody(people: list[tuple[Factors, Pathway]], other: Pathway) -> None:
    """P9: whoever chooses victim services keeps her place, and so does everybody else."""

    def ranked_with(first: Pathway) -> tuple[Ranked, ...]:
        chosen = [first, *(pathway for _, pathway in people[1:])]
        kept = [a_summary(factors=each, pathway=way) for (each, _), way in zip(people, chosen, strict=True)]
        return rank((Entry(number, each.factors) for number, each in enumerate(kept, 10_000_000)), PROFILE, SECRET)

    assert ranked_with(people[0][1]) == ranked_with(other)


def test_ranking_cannot_see_a_pathway() -> None:
    """P9: what scoring and ranking are given has no field for pathway, month, station, agency or order of arrival."""
    assert [field.name for field in dataclasses.fields(Entry)] == ["number", "factors"]
    assert list(inspect.signature(score).parameters) == ["factors", "profile"]
    assert not {"pathway", "month", "station", "agency"} & set(FACTOR_CODES)


@settings(max_examples=200)
@given(st.lists(factors(), min_size=2, max_size=20), st.randoms())
def test_the_order_they_come_in_does_not_matter(people: list[Factors], chance: object) -> None:
    """Rank follows from who is on the list, not from how the list was read."""
    entries = [Entry(number, each) for number, each in enumerate(people, 10_000_000)]
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(entries, PROFILE, SECRET) == rank(shuffled, PROFILE, SECRET)


def test_equal_need_is_settled_by_chance_that_stays() -> None:
    """Among equals the order is not the numbers' own, is the same at every desk of a region, another in another region,
    and favours low numbers no more than high ones.
    """
    entries = [Entry(number, CHRONIC) for number in range(10_000_000, 10_000_200)]
    once = numbers(rank(entries, PROFILE, SECRET))
    assert once == numbers(rank(reversed(entries), PROFILE, SECRET)) and once != sorted(once)
    assert numbers(rank(entries, PROFILE, bytes(32))) != once
    low = sum(number < 10_000_100 for number in once[:100])
    assert 30 < low < 70
    assert len({tie_break(number, SECRET) for number in once}) == 200


def test_a_stranger_cannot_work_out_who_chance_favours() -> None:
    """Among equals the order follows from the region's secret: nothing on the list or in the profile gives it away."""
    once = sorted(range(10_000_000, 10_000_050), key=lambda number: tie_break(number, SECRET))
    for guess in (b"", bytes.fromhex(PROFILE.fingerprint), PROFILE.name.encode()):
        assert sorted(once, key=lambda number, guess=guess: tie_break(number, guess)) != once  # type: ignore[misc]


@settings(max_examples=300)
@given(factors())
def test_judging_many_is_judging_by_the_rules(said: Factors) -> None:
    """The quick way to judge gives the points of `score` and, for each key, the highest band whose rule applies."""
    points, bands = Judge(PROFILE).judge(codes_of(said))
    assert points == score(said, PROFILE).points
    for name, band in zip(PROFILE.order, bands, strict=True):
        if name in PROFILE.computed:
            assert band == chronic.bands(said)[COMPUTED.index(name)]
        elif name == SCORE:
            assert band == points // PROFILE.score_band
        else:
            assert band == max((rule.worth for rule in PROFILE.keys[name] if rule.applies_to(said)), default=0)


@settings(max_examples=100)
@given(st.lists(factors(), min_size=2, max_size=20))
def test_sort_keys_sort_as_ranks_do(people: list[Factors]) -> None:
    """Bytes that a growing list is kept in order by give the same order as comparing band by band, then chance."""
    ranked = rank([Entry(number, each) for number, each in enumerate(people, 10_000_000)], PROFILE, SECRET)
    assert [number_in(key) for key in sorted(sort_key(e.number, e.bands, SECRET) for e in ranked)] == numbers(ranked)
    compared = sorted(ranked, key=lambda e: (tuple(-band for band in e.bands), tie_break(e.number, SECRET)))
    assert compared == list(ranked)


@settings(max_examples=100)
@given(factors(), factors())
def test_each_place_is_explained_against_the_next(one: Factors, other: Factors) -> None:
    """The first key that tells two people apart is named, with both reasons; between equals it is chance, and said."""
    first, second = rank([Entry(10_000_000, one), Entry(10_000_001, other)], PROFILE, SECRET)
    said = ahead(first, second)
    if first.bands == second.bands:
        assert said == BY_CHANCE
    else:
        place = next(at for at, (a, b) in enumerate(zip(first.bands, second.bands, strict=True)) if a != b)
        assert first.bands[place] > second.bands[place]
        assert said.startswith(f"By {PROFILE.order[place]}. ")
        assert all(each.why[place].partition(": ")[2] in said for each in (first, second))


@given(factors())
def test_every_rank_says_why(said: Factors) -> None:
    """A rank explains itself: one line for each key in the profile's order, and points that add up."""
    ranked = rank([Entry(1, said)], PROFILE, SECRET)[0]
    assert [line.split(":")[0] for line in ranked.why] == list(PROFILE.order)
    priority = score(said, PROFILE)
    assert ranked.points == priority.points
    worth = {rule.why: rule.worth for rule in PROFILE.points if rule.applies_to(said)}
    assert sum(worth.values()) == priority.points and list(worth) == list(priority.why)
