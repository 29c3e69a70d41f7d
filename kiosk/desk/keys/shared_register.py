"""The register of stations, sealed by the provider who deals for another who may open the records, to rank them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kiosk.desk.keys import derivation, spoken_check
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.number_classes import classes_from_bytes, classes_to_bytes, in_order
from kiosk.desk.region import MOST_STATIONS, Region, Station
from kiosk.errors import KioskError, Refused
from kiosk.seal.record import Recipient, RecipientFault, hpke_suite
from kiosk.seal.sealed import SUITE_X25519, SUITE_XWING
from kiosk.vault.private_file import write_private
from kiosk.vault.signatures import MOST, SIGNER_LENGTH
from kiosk.vault.station_key import LONGEST_LABEL, SECRET_LENGTH
from schema.summary import CODE_LENGTHS, is_code

FORMAT: Final = 2
LENGTH: Final = 64 * 1024
"""Bytes inside the seal, however many stations there are: a thief learns no count."""
_LONGEST: Final = 4 * LENGTH
_INFO: Final = b"kiosk register"


class NotTheirs(Refused):
    """A public key that the records are not sealed to."""

    hint = "First `kiosk keys rotate --recipients FILE` with it, then hand the register over."


class NotARegister(Refused):
    """A file that holds no register for this provider, or another than the one whose check was read out."""

    hint = "Nothing was changed. Ask for the file and its check again: `kiosk keys share` writes both."


class OwnStations(Refused):
    """This desk deals to stations of its own, or belongs to another region."""

    hint = "Make a desk for it in a folder of its own: KIOSK_HOME=FOLDER kiosk keys new --region CODE."


def share(path: Path, region: Region, to: Recipient, seeds: Seeds) -> str:
    """Write the register for one other recipient, never over a file; returns the check to read out by voice.

    Raises NotTheirs for a key that the records are not sealed to: whoever gets the register can open them already.
    """
    if not region.deals:
        raise OwnStations("This desk took its register from another provider, who alone hands it on.")
    if to not in region.recipients[1:]:
        raise NotTheirs("The records are not sealed to this public key.")
    plain = json.dumps(_table(region, signers_of(seeds))).encode().ljust(LENGTH)
    sealed = hpke_suite(to.suite).encrypt(plain, to.key, info=_INFO)
    raw = json.dumps({"kiosk register": FORMAT, "suite": to.suite, "sealed": sealed.hex()}).encode() + b"\n"
    write_private(path, raw, replace=False)
    return spoken_check.of_register(raw)


def take(path: Path, present: Region, seeds: Seeds, check: str) -> Region:
    """The desk's region with the stations of a register; it deals no classes from then on.

    `check` is what the other provider read out: nothing else says that the file is hers. Raises NotARegister,
    OwnStations or KioskError.
    """
    try:
        with path.open("rb") as file:
            untrusted = file.read(_LONGEST + 1)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be read ({error.strerror}).") from None
    if not spoken_check.is_register(check, untrusted):
        raise NotARegister(f"{path.name} is not the file that this check belongs to.")
    try:
        coming, own = _opened(untrusted, seeds)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RecipientFault):
        raise NotARegister(f"{path.name} holds no register for this provider's key.") from None
    if coming.code != present.code or (present.deals and present.stations):
        raise OwnStations("This desk has stations of its own, or belongs to another region.")
    if not present.deals and coming.number_key != present.number_key:
        raise OwnStations("The register is of another region of the same code.")
    others = tuple(each for each in coming.recipients if each != own)
    return replace(
        coming,
        recipients=(own, *others),
        deals=False,
        class_key=present.class_key,
        news_secret=present.news_secret,
        neighbours=present.neighbours,
    )


def _table(region: Region, signers: tuple[bytes, ...]) -> dict[str, Any]:
    return {
        "region": region.code,
        "number_key": region.number_key.hex(),
        "recipients": [{"suite": each.suite, "public": each.public.hex()} for each in region.recipients],
        "stations": [[each.label, classes_to_bytes(each.classes).hex(), each.secret.hex()] for each in region.stations],
        "signers": [each.hex() for each in signers],
    }


def _opened(untrusted: bytes, seeds: Seeds) -> tuple[Region, Recipient]:
    """What is inside, and which of this provider's public keys records are sealed to. Raises ValueError and others."""
    outer = json.loads(untrusted)
    suite, sealed = outer["suite"], bytes.fromhex(outer["sealed"])
    if outer["kiosk register"] not in (1, FORMAT) or suite not in (SUITE_X25519, SUITE_XWING):
        raise ValueError
    for each in seeds:
        plain = _plain(sealed, suite, each)
        if plain is not None:
            break
    else:
        raise ValueError
    table = json.loads(plain)
    recipients = tuple(Recipient(each["suite"], bytes.fromhex(each["public"])) for each in table["recipients"])
    own = derivation.recipient(each, suite)
    stations = tuple(
        Station(label, _classes(dealt), bytes.fromhex(secret)) for label, dealt, secret in table["stations"]
    )
    signers = tuple(bytes.fromhex(each) for each in table.get("signers", ()))
    region = Region(table["region"], bytes.fromhex(table["number_key"]), recipients, stations, signers=signers)
    if own not in recipients or not _possible(region):
        raise ValueError
    return region, own


def _classes(dealt: object) -> frozenset[int]:
    """A station's classes: those of a register of format 1 are named by their first."""
    return classes_from_bytes(bytes.fromhex(dealt)) if isinstance(dealt, str) else in_order(dealt)  # type: ignore[arg-type]


def _plain(sealed: bytes, suite: int, seed: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    key = derivation.x25519_key(seed) if suite == SUITE_X25519 else derivation.xwing_key(seed)
    try:
        return hpke_suite(suite).decrypt(sealed, key, info=_INFO)
    except InvalidTag:
        return None


def _possible(region: Region) -> bool:
    """Whether a register can be a region's: its classes dealt once each, every secret whole."""
    secrets = [region.number_key, *(each.secret for each in region.stations)]
    labels = {each.label for each in region.stations}
    dealt = [number for each in region.stations for number in each.classes]
    return (
        is_code(region.code, CODE_LENGTHS["region"])
        and all(len(secret) == SECRET_LENGTH for secret in secrets)
        and all(is_code(label, LONGEST_LABEL) for label in labels)
        and len(labels) == len(region.stations)
        and len(region.stations) <= MOST_STATIONS
        and len(set(dealt)) == len(dealt)
        and len(region.signers) <= MOST
        and all(len(each) == SIGNER_LENGTH for each in region.signers)
    )
