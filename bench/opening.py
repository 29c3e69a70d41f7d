"""How fast sealed records open: one core beside bare HPKE opens of their slots, and worker processes beside one."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import Sample, host, in_turn, options, ratio, table

from kiosk.desk.keys.derivation import recipient, x25519_key
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.unsealing import Opener
from kiosk.desk.records.worker_pool import BATCH, Batch, Outcome, open_all
from kiosk.seal.record import context, hpke_suite, seal
from kiosk.seal.sealed import HEAD, KEY_ID_LENGTH, SUITE_X25519, slot_length
from schema.summary import AssessmentType, Factors, Pathway, PlanMode, Summary

SEED = bytes(range(32))
SUMMARY = Summary(
    month="2026-11",
    region="MO-606",
    agency="harbor",
    pack="us-mo",
    instrument=1,
    profile="0123456789abcdef",
    score=5,
    factors=Factors(living_situation=116),
    assessment_type=AssessmentType.IN_PERSON,
    pathway=Pathway.UNDECIDED,
    release=False,
    release_expires=None,
    plan_mode=PlanMode.NONE,
    revisit=False,
    phrase_check=bytes(8),
)
AT_ONCE = 100
"""Records in one trial on one core."""
_WRAPPED = slice(HEAD.size + KEY_ID_LENGTH, HEAD.size + slot_length(SUITE_X25519))


def records(count: int) -> list[tuple[int, bytes]]:
    """Made-up sealed records under as many numbers."""
    to = [recipient(SEED)]
    return [(number, bytes(seal(SUMMARY, number, to))) for number in range(10_000_000, 10_000_000 + count)]


def on_one_core(lot: Sequence[tuple[int, bytes]]) -> dict[str, Callable[[int], object]]:
    """What a worker does to the record in a place, the same with the inside read, and HPKE alone."""
    opener, key, suite = Opener(Seeds(SEED)), x25519_key(SEED), hpke_suite(SUITE_X25519)
    wrapped = [(sealed[_WRAPPED], context(SUMMARY.instrument, number)) for number, sealed in lot]
    return {
        "opened": lambda at: opener.plain(*lot[at]),
        "opened and read": lambda at: opener.open(*lot[at]),
        "bare HPKE": lambda at: suite.decrypt(wrapped[at][0], key, info=wrapped[at][1]),
    }


def timed(work: Callable[[int], object]) -> int:
    """Nanoseconds of one opening: the median of a batch, each timed by itself, so that being put aside by the kernel
    counts once and not for the whole batch.
    """
    spent = []
    for at in range(AT_ONCE):
        start = time.perf_counter_ns()
        work(at)
        spent.append(time.perf_counter_ns() - start)
    return int(median(spent))


def in_workers(lot: Sequence[tuple[int, bytes]], count: int) -> int:
    """Nanoseconds until the last record is open, the workers' start and end included."""
    opened: list[Outcome] = []

    def batches() -> Iterator[Batch]:
        return (lot[start : start + BATCH] for start in range(0, len(lot), BATCH))

    start = time.perf_counter_ns()
    asyncio.run(open_all(batches(), Seeds(SEED), lambda _, told: opened.extend(told), count))
    spent = time.perf_counter_ns() - start
    assert len(opened) == len(lot) and all(isinstance(each, bytes) for each in opened)
    return spent


def main() -> None:
    """Measure on one core, then with workers, and print a table of each."""
    parser = options(__doc__, trials=30)
    parser.add_argument("--records", type=int, default=20_000, help="records that the workers open (default 20000)")
    arguments = parser.parse_args()
    print(host())
    works = on_one_core(records(AT_ONCE))
    samples = {name: Sample() for name in works}
    for name in in_turn(list(works), arguments.trials):
        samples[name].add(timed(works[name]))
    bare = samples["bare HPKE"].at(50)
    rows = [[name, *each.columns(4), ratio(each.at(50), bare)] for name, each in samples.items()]
    table("One core, a record, ms", ["", "p50", "p99", "max", "p50 / bare HPKE"], rows)

    lot = records(arguments.records)
    counts = [count for count in (1, 2, 4, 8) if count <= max(2, len(os.sched_getaffinity(0)))]
    spent = {count: Sample() for count in counts}
    for name in in_turn([str(count) for count in counts], max(1, arguments.trials // 10)):
        spent[int(name)].add(in_workers(lot, int(name)))
    one = spent[1].at(50)
    rows = [
        [str(count), f"{each.at(50) / 1e9:.2f}", f"{len(lot) / each.at(50) * 1e9:,.0f}", ratio(one, each.at(50))]
        for count, each in spent.items()
    ]
    table(f"{len(lot):,} records in worker processes", ["workers", "seconds (p50)", "records/s", "times one"], rows)


if __name__ == "__main__":
    main()
