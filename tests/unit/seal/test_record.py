from __future__ import annotations

import ast
import os
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kiosk.seal
from kiosk.desk.keys.derivation import new_seed, recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.unsealing import NotOpened, NotOurs, Opener, WrongKey
from kiosk.seal.record import SEALED_LENGTH, Recipient, RecipientFault, SealedRecord, seal
from kiosk.seal.sealed import NotSealed, admit, key_ids
from kiosk.vault.numbers import draw, number_class
from schema.later import Change, Withdrawal
from schema.summary import Summary, SummaryFault
from tests.made_up import SEED, SEEDS, a_summary, summaries

OPENER = Opener(SEEDS)
OURS = {suite: recipient(SEED, suite) for suite in (1, 2)}
NUMBER = 12_345_674


@settings(max_examples=60, deadline=None)
@given(summaries(), st.sampled_from([1, 2]), st.integers(10_000_000, 99_999_999))
def test_what_is_sealed_opens_as_it_was(summary: Summary, suite: int, number: int) -> None:
    """Sealing loses nothing and changes nothing, in both suites."""
    for item in (summary, Withdrawal(NUMBER, summary.phrase_check, 3), Change(NUMBER, b"12345678", summary)):
        assert OPENER.open(number, seal(item, number, [OURS[suite]])) == item


@settings(max_examples=100, deadline=None)
@given(summaries(), st.integers(1, 4))
def test_one_length_whatever_is_inside(summary: Summary, recipients: int) -> None:
    """P7: summary, withdrawal and change have one length, with one recipient or four."""
    several = [OURS[1], *(recipient(bytes([each]) * 32) for each in range(1, recipients))]
    items = (summary, Withdrawal(NUMBER, summary.phrase_check, 3), Change(NUMBER, b"12345678", summary))
    assert {len(seal(item, NUMBER, several)) for item in items} == {SEALED_LENGTH[1]}


def test_a_withdrawal_looks_like_a_summary() -> None:
    """Rows all look alike: a withdrawal's head is a summary's head of the same pack."""
    summary = a_summary(instrument=3)
    heads = {
        bytes(seal(item, NUMBER, [OURS[1]])[:16])
        for item in (summary, Withdrawal(NUMBER, b"12345678", 3), Change(NUMBER, b"12345678", summary))
    }
    assert len(heads) == 1


def test_nothing_of_it_is_readable() -> None:
    """P6: no code of the summary stands in the sealed bytes, and no two seals of it share a byte run."""
    summary = a_summary(region="REGIONCODE-1", agency="AGENCYCODE-1", pack="PACKCODE-1")
    first, second = (bytes(seal(summary, NUMBER, [OURS[1]])) for _ in range(2))
    assert b"CODE" not in first and b"2026" not in first
    shared = [at for at in range(16, len(first) - 8) if first[at : at + 8] == second[at : at + 8]]
    assert not shared


def test_every_recipient_opens_and_nobody_else() -> None:
    """Each of four recipients opens; a fifth key does not."""
    seeds = [new_seed() for _ in range(4)]
    record = seal(a_summary(), NUMBER, [recipient(each) for each in seeds])
    assert all(Opener(Seeds(each)).open(NUMBER, record) == a_summary() for each in seeds)
    with pytest.raises(NotOurs):
        Opener(Seeds(new_seed())).open(NUMBER, record)


def test_every_bit_counts() -> None:
    """F1: with any one bit of a record changed it does not open, whichever it is."""
    record = bytes(seal(a_summary(), NUMBER, [OURS[1]]))
    assert OPENER.open(NUMBER, record) == a_summary()
    for at in range(len(record) * 8):
        changed = bytearray(record)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(NotOpened):
            OPENER.open(NUMBER, bytes(changed))


def test_a_record_is_bound_to_its_number() -> None:
    """F2: a record put under another number does not open."""
    record = seal(a_summary(), NUMBER, [OURS[1]])
    for other in (NUMBER + 1, NUMBER - 1, 99_999_999):
        with pytest.raises(WrongKey):
            OPENER.open(other, record)


def test_unused_slots_are_random() -> None:
    """No two records share an unused slot, so that nothing marks it as unused but its key id."""
    ids = [key_ids(seal(a_summary(), NUMBER, [OURS[1]]), 1) for _ in range(20)]
    assert {each[0] for each in ids} == {OURS[1].key_id}
    assert len({key_id for each in ids for key_id in each[1:]}) == 60


def test_recipients_that_cannot_be() -> None:
    """No recipient, five, two suites, or a key of another length: a sentence with a hint."""
    for wrong in ([], [OURS[1]] * 5, [OURS[1], OURS[2]]):
        with pytest.raises(RecipientFault):
            seal(a_summary(), NUMBER, wrong)
    for suite, raw in ((1, b""), (1, bytes(31)), (1, bytes(33)), (2, bytes(32)), (3, bytes(32))):
        with pytest.raises(RecipientFault):
            Recipient(suite, raw)
    for number in (0, 9_999_999, 100_000_000):
        with pytest.raises(SummaryFault):
            seal(a_summary(), number, [OURS[1]])


def test_nobody_else_makes_a_sealed_record() -> None:
    """P6: the type cannot be made from bytes; a slice, a sum and a repr of one are no sealed records."""
    record = seal(a_summary(), NUMBER, [OURS[1]])
    for attempt in (lambda: SealedRecord(bytes(record)), lambda: SealedRecord(b"x", object())):
        with pytest.raises(TypeError):
            attempt()
    assert type(record[:]) is not SealedRecord or record[:] == record
    assert type(record[4:]) is bytes and type(record + b"x") is bytes
    assert repr(record) == "SealedRecord(548 bytes)"


def test_the_makers_token_is_used_in_two_places() -> None:
    """P6: of the whole program only `seal` and `admit` name the token that makes a sealed record."""
    users = set()
    root = Path(kiosk.seal.__file__).parents[2]
    for path in chain(*((root / room).rglob("*.py") for room in ("kiosk", "schema", "widgets"))):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                names = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(function)}
                users |= {function.name} if "_MAKER" in names else set()
    assert users == {"seal", "admit", "__new__"}


def test_admit_looks_at_the_outside() -> None:
    """What comes over a line is taken only when length, magic, suite and all the recipients' key ids fit."""
    record = bytes(seal(a_summary(), NUMBER, [OURS[1]]))
    assert admit(record, [OURS[1].key_id]) == record
    other = recipient(bytes(32)).key_id
    for bad, wanted in (
        (record[:-1], [OURS[1].key_id]),
        (b"Jane" + record[4:], [OURS[1].key_id]),
        (b"KSR1\x01\x01" + os.urandom(542), [OURS[1].key_id]),
        (record, [other]),
        (record, [OURS[1].key_id, other]),
        (record, []),
    ):
        with pytest.raises(NotSealed):
            admit(bad, wanted)


def test_a_failing_random_source_seals_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """F8: without random bytes there is no record, rather than a weak one."""

    def fails(_: int) -> bytes:
        raise OSError("no entropy")

    monkeypatch.setattr(os, "urandom", fails)
    with pytest.raises(OSError, match="no entropy"):
        seal(a_summary(), NUMBER, [OURS[1]])


def test_nonces_and_content_keys_do_not_repeat() -> None:
    """F8: a thousand seals of one summary share neither nonce nor encapsulated key."""
    records = [bytes(seal(a_summary(), NUMBER, [OURS[1]])) for _ in range(1000)]
    assert len({record[360:372] for record in records}) == 1000
    assert len({record[16:48] for record in records}) == 1000


def test_numbers_of_this_file_are_good() -> None:
    """A drawn number seals, whatever class it is of."""
    number = draw(range(4096), b"k" * 32, lambda _: False)
    assert 0 <= number_class(number, b"k" * 32) < 4096
    assert OPENER.open(number, seal(a_summary(), number, [OURS[1]])) == a_summary()
