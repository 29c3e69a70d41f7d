"""How long a look-up of news takes for a known number, an unknown one and wrong words: are they told apart (W1)?

Each pair is compared by Mann-Whitney's U (ranks) and by Kolmogorov and Smirnov's largest distance: p is how often
chance alone would give as much. Beside the whole look-up stands one without its slow key, hundreds of times more often,
and one that is made to tell by 50 ms, which the statistics have to see.
"""

from __future__ import annotations

import itertools
import math
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Sample, host, in_turn, options, table

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign, signers_of
from kiosk.news import opening, writing
from kiosk.news.edition import Code, Edition, News, mark_of, read
from kiosk.news.keys import NewsKey
from kiosk.news.writing import Whose, write
from kiosk.seal.phrase import phrase_check
from kiosk.vault.signatures import NEWS_EDITION

SEEDS = Seeds(bytes(range(32)))
SECRET = bytes(32)
KNOWN, UNKNOWN = 12_345_671, 98_765_431
PHRASE, WRONG = "red apple tea", "blue pear milk"
ASKED = {"known": (KNOWN, PHRASE), "unknown": (UNKNOWN, PHRASE), "wrong words": (KNOWN, WRONG)}
MORE_OFTEN = 100
"""Look-ups without the slow key for one with it."""
TOLD_BY = 0.05
"""Seconds by which a known number is made to tell itself."""
PHRASES = 2_000**3


def main() -> None:
    """Measure and print."""
    trials = options((__doc__ or "").splitlines()[0], trials=150).parse_args().trials
    print(host())
    whole = _samples(trials)
    _times("One look-up (ms)", whole)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    a_guess = whole["unknown"].at(50) / 1e9
    print(f"\nPeak of this process: {peak:.0f} MiB. All {PHRASES:.0e} phrases of one number: ", end="")
    print(f"{PHRASES * a_guess / 86_400 / 365:,.0f} years of one core of this machine.")
    told = _samples(trials, tells=True)
    opening.slow_key = writing.slow_key = _quick_key
    rest = _samples(trials * MORE_OFTEN)
    _times("The same without its slow key (ms)", rest, 4)
    rows = [*_pairs("whole", whole), *_pairs("without the slow key", rest), *_pairs("made to tell by 50 ms", told)]
    table("Told apart?", ("look-up", "two samples", "p50 differs by (ms)", "U: p", "KS: distance", "KS: p"), rows)


def _edition() -> Edition:
    news = {Whose(KNOWN, phrase_check(KNOWN, PHRASE)): News(Code.OFFER, mark_of("HARBOR"), date(2027, 1, 15))}
    raw = write("MO-606", 1, date(2026, 12, 1), SECRET, news, lambda body: sign(NEWS_EDITION, body, SEEDS))
    return read(raw, NewsKey("MO-606", SECRET, signers_of(SEEDS)))


def _quick_key(number: int, check: bytes, salt: bytes, secret: bytes) -> bytes:
    return (number.to_bytes(4, "big") + check).ljust(32, b"\0")


def _samples(trials: int, *, tells: bool = False) -> dict[str, Sample]:
    edition, samples = _edition(), {name: Sample() for name in ASKED}
    for name in in_turn(list(ASKED), trials):
        number, phrase = ASKED[name]
        check = phrase_check(number, phrase)
        begun = time.perf_counter_ns()
        found = opening.look_up(edition, SECRET, number, check)
        if tells and found:
            time.sleep(TOLD_BY)
        samples[name].add(time.perf_counter_ns() - begun)
        assert (found is not None) == (name == "known")
    return samples


def _times(title: str, samples: dict[str, Sample], digits: int = 1) -> None:
    head = ("asked", "p50", "p99", "max")
    table(title, head, [[name, *sample.columns(digits)] for name, sample in samples.items()])


def _pairs(title: str, samples: dict[str, Sample]) -> Iterator[list[str]]:
    for (one, left), (other, right) in itertools.combinations(samples.items(), 2):
        apart = (left.at(50) - right.at(50)) / 1e6
        distance, p_distance = kolmogorov_smirnov(left.values, right.values)
        p_ranks = mann_whitney(left.values, right.values)
        yield [title, f"{one}, {other}", f"{apart:+.4f}", f"{p_ranks:.3f}", f"{distance:.3f}", f"{p_distance:.3f}"]


def mann_whitney(left: list[int], right: list[int]) -> float:
    """The two-sided p of Mann-Whitney's U, by its normal approximation (samples of 20 and more; ties are rare here)."""
    ranked = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    ranks = sum(place for place, (_, side) in enumerate(ranked, 1) if side == 0)
    one, two = len(left), len(right)
    u = ranks - one * (one + 1) / 2
    z = (u - one * two / 2) / math.sqrt(one * two * (one + two + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def kolmogorov_smirnov(left: list[int], right: list[int]) -> tuple[float, float]:
    """The largest distance between two empirical distributions, and its p (asymptotic)."""
    steps: Callable[[list[int]], dict[int, int]] = lambda values: {  # noqa: E731
        value: place for place, value in enumerate(sorted(values), 1)
    }
    ours, theirs, done, other, distance = steps(left), steps(right), 0, 0, 0.0
    for value in sorted(ours | theirs):
        done, other = ours.get(value, done), theirs.get(value, other)
        distance = max(distance, abs(done / len(left) - other / len(right)))
    scaled = distance * math.sqrt(len(left) * len(right) / (len(left) + len(right)))
    p = 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101))
    return distance, min(max(p, 0.0), 1.0) if scaled > 0.2 else 1.0


if __name__ == "__main__":
    main()
