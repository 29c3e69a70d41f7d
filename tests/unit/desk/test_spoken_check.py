"""S17: what people compare by voice: enough bits, plain words, and what was written down before is still taken."""

from __future__ import annotations

import hashlib

import pytest

from kiosk.desk.keys import spoken_check
from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.word_list import word_list
from tests.made_up import SEED

SIGNER = bytes(range(32))


@pytest.mark.parametrize("words", [spoken_check.of_key(recipient(SEED)), spoken_check.of_signer(SIGNER)])
def test_twelve_words_of_a_thousand(words: str) -> None:
    """At least 100 bits: twelve words, each of 1,024 that are all different."""
    assert len(words.split()) == 12 and set(words.split()) <= set(word_list()[:1024])
    assert len(set(word_list()[:1024])) == 1024
    assert all(len(row) <= 67 for row in spoken_check.rows(words))


def test_every_word_counts() -> None:
    """Words for one thing never fit another, nor do they with one word changed, left out or moved; a capital does."""
    words = spoken_check.of_signer(SIGNER)
    each = words.split()
    assert spoken_check.is_signer(words, SIGNER) and spoken_check.is_signer(f" {words.upper()}\n", SIGNER)
    wrong = [
        *(" ".join([*each[:at], "zebra", *each[at + 1 :]]) for at in range(12)),
        " ".join(each[1:]),
        " ".join(each[::-1]),
        spoken_check.of_signer(SIGNER[::-1]),
        spoken_check.of_register(SIGNER),
        "",
    ]
    assert [told for told in wrong if spoken_check.is_signer(told, SIGNER)] == []


def test_every_bit_of_a_digest_is_heard() -> None:
    """The words are the digest's first 120 bits, worked out here by another way."""
    digest = hashlib.sha256(b"kiosk signer, spoken\0" + SIGNER).digest()
    bits = "".join(f"{byte:08b}" for byte in digest)[:120]
    wanted = [word_list()[int(bits[at : at + 10], 2)] for at in range(0, 120, 10)]
    assert spoken_check.of_signer(SIGNER).split() == wanted


def test_what_was_read_out_or_written_down_before() -> None:
    """The digits of an older version's check are taken, in groups or not; a key's short id is the one on old sheets."""
    signer = hashlib.sha256(b"kiosk provider signs" + SIGNER).hexdigest()[:32]
    register = hashlib.sha256(b"kiosk register" + b"a file").hexdigest()[:20]
    assert spoken_check.is_signer(f"{signer[:4]} {signer[4:].upper()}", SIGNER)
    assert not spoken_check.is_signer(signer[:20], SIGNER)
    assert spoken_check.is_register(register, b"a file") and not spoken_check.is_register(register, b"a File")
    assert spoken_check.short_of_key(recipient(SEED)).replace(" ", "") == recipient(SEED).key_id.hex()
