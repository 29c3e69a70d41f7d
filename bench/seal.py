"""How long sealing a summary takes, beside raw HPKE that wraps a key to the same recipients and encrypts as much."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from measure import Sample, host, in_turn, options, ratio, table

from kiosk.desk.keys.derivation import recipient
from kiosk.seal.record import Recipient, seal
from kiosk.seal.sealed import PLAIN_LENGTH, SUITE_X25519
from schema.summary import AssessmentType, Factors, Pathway, PlanMode, Summary

NUMBER = 12_345_674
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
BATCH = 20
"""Seals in one trial."""


def ours(recipients: list[Recipient]) -> Callable[[], object]:
    """A summary sealed as a sitting seals it."""
    return lambda: seal(SUMMARY, NUMBER, recipients)


def raw(recipients: list[Recipient]) -> Callable[[], object]:
    """A content key wrapped to each recipient, and the same bytes encrypted under it, by `cryptography` alone."""
    kem = KEM.X25519 if recipients[0].suite == SUITE_X25519 else KEM.MLKEM768_X25519
    suite = Suite(kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    keys = [each.key for each in recipients]
    plain, info, associated = bytes(PLAIN_LENGTH), bytes(34), bytes(len(ours(recipients)()) - PLAIN_LENGTH)  # type: ignore[arg-type]

    def work() -> bytes:
        content_key, nonce = os.urandom(32), os.urandom(12)
        wrapped = [suite.encrypt(content_key, key, info=info) for key in keys]
        return b"".join(wrapped) + nonce + AESGCM(content_key).encrypt(nonce, plain, associated)

    return work


def timed(work: Callable[[], object]) -> int:
    """Nanoseconds of one seal: the median of a batch, each timed by itself, so that being put aside by the kernel
    counts once and not for the whole batch.
    """
    spent = []
    for _ in range(BATCH):
        start = time.perf_counter_ns()
        work()
        spent.append(time.perf_counter_ns() - start)
    return int(median(spent))


def main() -> None:
    """Measure every case in turn and print one table."""
    arguments = options(__doc__, trials=300).parse_args()
    lots = {
        f"{name}, {count} recipient{'s'[: count - 1]}": [recipient(bytes([each]) * 32, suite) for each in range(count)]
        for suite, name in ((1, "X25519"), (2, "X-Wing"))
        for count in (1, 4)
    }
    works = {(case, kind): make(lot) for case, lot in lots.items() for kind, make in (("ours", ours), ("raw", raw))}
    names = {f"{case}|{kind}": (case, kind) for case, kind in works}
    samples = {key: Sample() for key in works}
    for name in in_turn(list(names), arguments.trials):
        samples[names[name]].add(timed(works[names[name]]))
    print(host())
    rows = []
    for case in lots:
        mine, peer = samples[case, "ours"], samples[case, "raw"]
        rows.append([case, *mine.columns(3), *peer.columns(3), ratio(mine.at(50), peer.at(50))])
    head = ["sealing, ms", "p50", "p99", "max", "raw p50", "raw p99", "raw max", "p50 / raw p50"]
    table("Sealing a summary beside raw HPKE", head, rows)


if __name__ == "__main__":
    main()
