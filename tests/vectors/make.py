"""Make the seal's test vectors: good records, and records with one fault each, with what an opener has to say.

It seals by the letter of docs/seal-format.md with `cryptography` alone, so that it does not repeat a mistake of
kiosk.seal. Run `python tests/vectors/make.py` after a change of the format; sealing is random, so every byte changes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
NUMBER = 12_345_674
OTHER_NUMBER = 40_579_307
SLOT = {1: 88, 2: 1176}
SLOTS_END = {suite: 8 + 4 * size for suite, size in SLOT.items()}
PLAIN = struct.Struct(">BBI8sHB16s16s24sH8sH14HBBBBHBBB")
PLAIN_1 = struct.Struct(">BBI8sHB16s16s24sH8sH12HBBBBHBBB")
"""Version 1 of the inside, which is still read: without the last two factors."""
FIELDS = {
    "codec": 2,
    "kind": 1,
    "target": 0,
    "phrase_check": bytes.fromhex("0011223344556677"),
    "year": 2026,
    "month": 11,
    "region": b"MO-606",
    "agency": b"harbor",
    "pack": b"us-mo",
    "instrument": 7,
    "profile": bytes.fromhex("0123456789abcdef"),
    "score": 12,
    "living_situation": 116,
    "length_of_stay": 5,
    "times_homeless": 4,
    "months_homeless": 113,
    "household_type": 3,
    "household_size": 3,
    "age_band": 3,
    "children_band": 2,
    "veteran": 0,
    "disabling_condition": 1,
    "pregnancy": 9,
    "income_band": 8,
    "unbroken_year": 1,
    "homeless_before": 99,
    "assessment_type": 3,
    "pathway": 1,
    "referral_outcome": 2,
    "release": 1,
    "expiry_year": 2027,
    "expiry_month": 11,
    "plan_mode": 1,
    "revisit": 1,
}


def derive(seed: bytes, purpose: bytes) -> bytes:
    return hmac.digest(seed, b"kiosk provider " + purpose, "sha256")


def public(seed: bytes, suite: int) -> tuple[bytes, X25519PublicKey | MLKEM768X25519PublicKey]:
    """A provider's public key, as bytes and as `cryptography` has it."""
    if suite == 1:
        key = X25519PrivateKey.from_private_bytes(derive(seed, b"x25519")).public_key()
        return key.public_bytes_raw(), key
    expanded = hashlib.shake_256(derive(seed, b"x-wing")).digest(96)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key()
    curve = X25519PrivateKey.from_private_bytes(expanded[64:]).public_key()
    return lattice.public_bytes_raw() + curve.public_bytes_raw(), MLKEM768X25519PublicKey(lattice, curve)


def plain_of(**changes: object) -> bytes:
    return PLAIN.pack(*{**FIELDS, **changes}.values()).ljust(160, b"\0")


def plain_1_of(**changes: object) -> bytes:
    """The inside as version 1 lays it out."""
    fields = {**FIELDS, "codec": 1, **changes}
    for name in ("unbroken_year", "homeless_before"):
        del fields[name]
    return PLAIN_1.pack(*fields.values()).ljust(160, b"\0")


def later(kind: int, target: int, body: bytes, codec: int = 2) -> bytes:
    return (struct.pack(">BBI8s", codec, kind, target, FIELDS["phrase_check"]) + body).ljust(160, b"\0")


def sealed(plain: bytes, *, suite: int = 1, instrument: int = 7, seed: bytes = SEED, slot: int = 0) -> bytes:
    """Seal by the letter of the format, to one recipient in one slot."""
    raw, key = public(seed, suite)
    key_id = hashlib.sha256(b"kiosk key id" + bytes([suite]) + raw).digest()[:8]
    parts = (b"kiosk sealed record", b"\x01", struct.pack(">H", instrument), struct.pack(">I", NUMBER))
    info = b"".join(struct.pack(">H", len(part)) + part for part in parts)
    kem = KEM.X25519 if suite == 1 else KEM.MLKEM768_X25519
    content_key, nonce = os.urandom(32), os.urandom(12)
    slots = [os.urandom(SLOT[suite]) for _ in range(4)]
    slots[slot] = key_id + Suite(kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM).encrypt(content_key, key, info=info)
    head = struct.pack(">4sBBH", b"KSR1", 1, suite, instrument) + b"".join(slots)
    return head + nonce + AESGCM(content_key).encrypt(nonce, plain, head + struct.pack(">I", NUMBER))


def flipped(record: bytes, at: int, bit: int = 1) -> bytes:
    changed = bytearray(record)
    changed[at] ^= bit
    return bytes(changed)


Vector = tuple[str, str, bytes, int]


def good() -> Iterator[Vector]:
    for suite in (1, 2):
        yield f"good: a summary, suite {suite}", "opened", sealed(plain_of(), suite=suite), NUMBER
    for slot in (1, 2, 3):
        yield f"good: our slot is slot {slot}", "opened", sealed(plain_of(), slot=slot), NUMBER
    withdrawal = later(2, OTHER_NUMBER, struct.pack(">H", 7))
    change = later(3, OTHER_NUMBER, plain_of()[14 : PLAIN.size] + bytes(range(8)))
    yield "good: a withdrawal", "opened", sealed(withdrawal), NUMBER
    yield "good: a change", "opened", sealed(change), NUMBER
    nothing_said = dict.fromkeys(list(FIELDS)[12:26], 99)
    yield "good: nothing said", "opened", sealed(plain_of(**nothing_said)), NUMBER
    change_1 = later(3, OTHER_NUMBER, plain_1_of()[14 : PLAIN_1.size] + bytes(range(8)), codec=1)
    yield "good: a summary, inside version 1", "opened", sealed(plain_1_of()), NUMBER
    yield "good: a summary, inside version 1, suite 2", "opened", sealed(plain_1_of(), suite=2), NUMBER
    yield "good: a change, inside version 1", "opened", sealed(change_1), NUMBER
    no_release = {"release": 0, "expiry_year": 0, "expiry_month": 0}
    yield "good: no release", "opened", sealed(plain_of(**no_release)), NUMBER


def outside() -> Iterator[Vector]:
    record = sealed(plain_of())
    for at in range(4):
        yield f"magic: byte {at}", "UnknownFormat", flipped(record, at), NUMBER
    for form in (0, 2, 255):
        yield f"format {form}", "UnknownFormat", record[:4] + bytes([form]) + record[5:], NUMBER
    for suite in (0, 2, 3, 255):
        yield f"suite {suite}", "UnknownFormat", record[:5] + bytes([suite]) + record[6:], NUMBER
    for name, raw in (("empty", b""), ("head only", record[:8]), ("a byte short", record[:-1])):
        yield f"length: {name}", "UnknownFormat", raw, NUMBER
    yield "length: a byte long", "UnknownFormat", record + b"\0", NUMBER
    yield "length: twice", "UnknownFormat", record + record, NUMBER
    yield "zeros", "UnknownFormat", bytes(len(record)), NUMBER
    yield "random behind a good head", "NotOurs", record[:8] + os.urandom(len(record) - 8), NUMBER


def slots() -> Iterator[Vector]:
    record = sealed(plain_of())
    for at in (6, 7):
        yield f"instrument: byte {at}", "WrongKey", flipped(record, at), NUMBER
    for at in range(8):
        yield f"key id: byte {at}", "NotOurs", flipped(record, 8 + at), NUMBER
    for at in (0, 15, 31, 32, 63, 64, 79):
        yield f"wrapped key: byte {at}", "WrongKey", flipped(record, 16 + at), NUMBER
    for slot in (1, 2, 3):
        for at in (0, 8, 87):
            yield f"unused slot {slot}: byte {at}", "Damaged", flipped(record, 8 + slot * 88 + at), NUMBER
    swapped = record[:8] + record[96:184] + record[8:96] + record[184:]
    yield "slots swapped", "Damaged", swapped, NUMBER
    doubled = record[:96] + record[8:96] + record[184:]
    yield "our slot twice", "Damaged", doubled, NUMBER
    yield "sealed to another provider", "NotOurs", sealed(plain_of(), seed=OTHER_SEED), NUMBER
    other = sealed(plain_of(), seed=OTHER_SEED)
    yield "our key id on another's slot", "WrongKey", other[:8] + record[8:16] + other[16:], NUMBER
    another = sealed(plain_of())
    yield "slot of another record", "Damaged", record[:8] + another[8:96] + record[96:], NUMBER
    for number in (NUMBER + 1, OTHER_NUMBER, 0, 99_999_999):
        yield f"moved to number {number}", "WrongKey", record, number
    wide = sealed(plain_of(), suite=2)
    for name, at, kind in (("key id", 8, "NotOurs"), ("lattice", 16, "WrongKey"), ("curve", 16 + 1088, "WrongKey")):
        yield f"suite 2: {name}", kind, flipped(wide, at), NUMBER
    yield "suite 2: unused slot", "Damaged", flipped(wide, 8 + 1176), NUMBER
    yield "suite 2: tag", "Damaged", flipped(wide, len(wide) - 1), NUMBER


def payload() -> Iterator[Vector]:
    record, another = sealed(plain_of()), sealed(plain_of())
    end = SLOTS_END[1]
    for at in range(12):
        yield f"nonce: byte {at}", "Damaged", flipped(record, end + at), NUMBER
    for at in (0, 1, 13, 14, 50, 100, 118, 159):
        yield f"payload: byte {at}", "Damaged", flipped(record, end + 12 + at, 0x80), NUMBER
    for at in range(16):
        yield f"tag: byte {at}", "Damaged", flipped(record, end + 172 + at), NUMBER
    yield "payload of another record", "Damaged", record[: end + 12] + another[end + 12 :], NUMBER
    yield "nonce and payload of another record", "Damaged", record[:end] + another[end:], NUMBER


def inside() -> Iterator[Vector]:
    wrong: dict[str, tuple[object, ...]] = {
        "codec": (0, 3),
        "kind": (0, 5),
        "target": (OTHER_NUMBER,),
        "year": (1999, 0),
        "month": (0, 13),
        "region": (b"", b"the river", b"caf\xc3\xa9", b"-x", b"a\0b"),
        "agency": (b"", b"Jane Doe"),
        "pack": (b"", b"us mo"),
        "instrument": (8,),
        "assessment_type": (0, 4),
        "pathway": (0, 4),
        "referral_outcome": (4,),
        "release": (0, 2),
        "expiry_month": (0, 13),
        "plan_mode": (4,),
        "revisit": (2,),
    }
    wrong |= dict.fromkeys(list(FIELDS)[12:26], (100,))
    wrong |= {"veteran": (2,), "living_situation": (435 + 1,), "months_homeless": (114,)}
    for name, values in wrong.items():
        for value in values:
            yield f"inside: {name} {value!r}", "Malformed", sealed(plain_of(**{name: value})), NUMBER
    for at in (PLAIN.size, PLAIN.size + 7, 159):
        yield f"inside: padding byte {at}", "Malformed", sealed(flipped(plain_of(), at)), NUMBER
    for target in (0, 9_999_999, 100_000_000):
        record = sealed(later(2, target, struct.pack(">H", 7)))
        yield f"inside: withdrawal of {target}", "Malformed", record, NUMBER
    yield "inside: withdrawal with a body", "Malformed", sealed(later(2, OTHER_NUMBER, plain_of()[14:60])), NUMBER
    yield "inside: a change of nothing", "Malformed", sealed(later(3, OTHER_NUMBER, b"")), NUMBER
    yield "inside: a byte short", "UnknownFormat", sealed(plain_of()[:-1]), NUMBER


def main() -> None:
    made = [*good(), *outside(), *slots(), *payload(), *inside()]
    table = {
        "seed": SEED.hex(),
        "recipients": {str(suite): public(SEED, suite)[0].hex() for suite in (1, 2)},
        "plain": plain_of().hex(),
        "plain_1": plain_1_of().hex(),
        "vectors": [
            {"name": name, "expect": expect, "number": number, "sealed": raw.hex()}
            for name, expect, raw, number in made
        ],
    }
    Path(__file__).with_name("sealed.json").write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
