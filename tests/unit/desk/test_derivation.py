from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.keys import derivation, word_list
from kiosk.desk.keys.derivation import Cost, NotAKey, WeakPassphrase, WrongPassphrase, unwrap, wrap
from tests.made_up import CHEAP, SEED

WORDS = "amber barn candle dune ember fig"


def test_the_passphrase_opens_and_nothing_else_does() -> None:
    """F4: the seed comes back by its passphrase, in any spacing; by no other word, and by no altered blob."""
    blob = wrap(SEED, WORDS, CHEAP)
    assert len(blob) == derivation.BLOB_LENGTH == 90 and SEED not in blob
    assert unwrap(blob, WORDS) == unwrap(blob, f"  {WORDS.replace(' ', '  ')}\n") == SEED
    for wrong in (WORDS.upper(), WORDS + "s", "", "amber"):
        with pytest.raises(WrongPassphrase):
            unwrap(blob, wrong)


def test_every_byte_of_the_blob_counts() -> None:
    """F1: a blob with any one bit changed gives no seed; absurd work is refused before it is done."""
    blob = wrap(SEED, WORDS, CHEAP)
    for at in range(len(blob)):
        for bit in (1, 128):
            changed = bytearray(blob)
            changed[at] ^= bit
            if bytes(changed[:4]) == blob[:4] and Cost(*_cost(changed)).bearable() and _cost(changed)[0] > 4096:
                continue  # a dearer cost is honest work, only slow
            with pytest.raises((NotAKey, WrongPassphrase)):
                unwrap(bytes(changed), WORDS)


def _cost(blob: bytes | bytearray) -> tuple[int, int, int]:
    return int.from_bytes(blob[5:9], "big"), int.from_bytes(blob[9:13], "big"), blob[13]


@pytest.mark.parametrize(
    "cost",
    [Cost(2**31, 3, 4), Cost(65536, 11, 4), Cost(65536, 0, 4), Cost(65536, 3, 9), Cost(65536, 3, 0), Cost(7, 1, 1)],
)
def test_absurd_work_is_refused(cost: Cost) -> None:
    """A blob cannot ask for a machine's whole memory, or for hours."""
    blob = bytearray(wrap(SEED, WORDS, CHEAP))
    blob[5:9], blob[9:13], blob[13] = cost.memory_kib.to_bytes(4, "big"), cost.passes.to_bytes(4, "big"), cost.lanes
    with pytest.raises(NotAKey):
        unwrap(bytes(blob), WORDS)
    with pytest.raises(NotAKey):
        wrap(SEED, WORDS, cost)


def test_the_shipped_cost_is_a_dear_one() -> None:
    """RFC 9106's second recommendation at the least: 64 MiB, three passes, four lanes."""
    assert Cost().memory_kib >= 64 * 1024 and Cost().passes >= 3 and Cost().lanes == 4 and Cost().bearable()


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=120))
def test_other_bytes_are_no_key(raw: bytes) -> None:
    """Whatever lies in the key's place is refused with one kind of error."""
    with pytest.raises(NotAKey):
        unwrap(raw, WORDS)


def test_seeds_and_passphrases_that_cannot_be() -> None:
    """F4: a seed of 31 or 33 bytes, and a passphrase of a few letters, are refused."""
    for seed in (b"", SEED[:31], SEED + b"x"):
        with pytest.raises(NotAKey):
            wrap(seed, WORDS, CHEAP)
        with pytest.raises(NotAKey):
            derivation.recipient(seed)
    for words in ("", "short", "       x"):
        with pytest.raises(WeakPassphrase):
            wrap(SEED, words, CHEAP)


def test_keys_follow_from_the_seed_and_are_unlike() -> None:
    """One seed gives the same keys each time; each purpose its own."""
    assert derivation.recipient(SEED, 1) == derivation.recipient(SEED, 1)
    assert derivation.recipient(SEED, 2).public[1184:] != derivation.recipient(SEED, 1).public
    assert (
        len({derivation.derive(SEED, purpose) for purpose in (b"x25519", b"x-wing", b"desk.toml", b"desk.toml mac")})
        == 4
    )
    assert derivation.new_seed() != derivation.new_seed()


def test_a_proposed_passphrase_is_words_for_paper() -> None:
    """Six words from a thousand and more plain ones, each of small ASCII letters, another each time."""
    words = word_list.word_list()
    assert len(words) == len(set(words)) >= 1024
    assert all(word.isascii() and word.islower() and word.isalpha() and 3 <= len(word) <= 10 for word in words)
    proposed = {word_list.propose() for _ in range(50)}
    assert len(proposed) == 50
    assert all(len(each.split()) == 6 and set(each.split()) <= set(words) for each in proposed)
    assert unwrap(wrap(SEED, min(proposed), CHEAP), min(proposed)) == SEED
