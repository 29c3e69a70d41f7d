"""A return file taken in: refused unless it is this desk's, its list's, newer, and about numbers that it has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.desk.keys import derivation
from kiosk.desk.keys.spoken_check import is_signer
from kiosk.desk.records.offers import Offer, Offers
from kiosk.errors import KioskError, Refused
from kiosk.seal.record import hpke_suite
from kiosk.seal.return_file import LABEL, LONGEST, NotAReturnFile, ReturnFile, outside, unpack
from kiosk.seal.sealed import SUITE_X25519
from kiosk.vault.signatures import holds

if TYPE_CHECKING:
    from kiosk.desk.keys.seeds import Seeds


class NotForUs(Refused):
    """A return file that this desk's key does not open, or of another agency."""

    hint = "Nothing was taken. Ask the list holder for this agency's own file."


class NotTheirs(Refused):
    """A return file that no list signed whose key was compared by voice."""

    hint = "Nothing was taken. Have the list holder read out its check, and give it: --check '....'."


class NotNewer(Refused):
    """A return file that is no newer than the last one."""

    hint = "Nothing was taken. Take the list holder's latest file."


class NeverListed(Refused):
    """A return file about numbers that this desk never had."""

    hint = "Nothing was taken. Tell the list holder: the file was made with another list's keys, or is forged."


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it."""

    content: ReturnFile
    offers: int
    removed: int
    """Entries about numbers that were removed since: nothing of them is kept."""


def open_file(path: Path, seeds: Seeds) -> tuple[ReturnFile, bytes, bytes]:
    """The content, the bytes that are signed, and the signature. Raises NotForUs or KioskError."""
    try:
        with path.open("rb") as file:
            untrusted = file.read(LONGEST + 1)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be read ({error.strerror}).") from None
    try:
        suite, sealed = outside(untrusted)
        plain = next(filter(None, (_plain(sealed, suite, seed) for seed in seeds)))
        return unpack(plain)
    except (NotAReturnFile, StopIteration):
        raise NotForUs(f"{path.name} is no return file for this desk.") from None


def take(
    path: Path,
    seeds: Seeds,
    offers: Offers,
    *,
    agencies: Collection[str],
    standing: Collection[int],
    removed: Collection[int],
    check: str = "",
) -> Taken:
    """Take the file into `offers`, which the caller writes. Raises NotForUs, NotTheirs, NotNewer or NeverListed.

    `check` is what the list holder read out of its key, the first time; later files are known by it.
    """
    content, body, signature = open_file(path, seeds)
    own = {derivation.recipient(seed, suite).key_id for seed in seeds for suite in (1, 2)}
    if content.agency not in agencies or content.key_id not in own:
        raise NotForUs(f"{path.name} is another agency's.")
    signer = content.signer.hex()
    spoken = bool(check.strip())
    if spoken and not is_signer(check, content.signer):
        raise NotTheirs(f"{path.name} was not signed by the list whose check was read out.")
    if not holds(LABEL, body, [signature], [content.signer]) or (signer not in offers.signers and not spoken):
        raise NotTheirs(f"{path.name} was signed by no list that is known here.")
    serial = f"{signer} {content.agency}"
    if content.serial <= offers.serials.get(serial, 0):
        raise NotNewer(f"{path.name} is no newer than the last return file.")
    numbers = {each.number for each in content.entries}
    strange = numbers - set(standing) - set(removed)
    if strange:
        raise NeverListed(f"{len(strange)} of its numbers were never on this desk's list.")
    said = {
        each.number: Offer(each.state, each.project_type, each.answer_by, content.agency, signer)
        for each in content.entries
        if each.number not in removed
    }
    offers.replace(signer, content.agency, said)
    offers.serials[serial] = content.serial
    offers.signers[signer] = content.area
    return Taken(content, len(said), len(numbers) - len(said))


def _plain(sealed: bytes, suite: int, seed: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    key = derivation.x25519_key(seed) if suite == SUITE_X25519 else derivation.xwing_key(seed)
    try:
        return hpke_suite(suite).decrypt(sealed, key, info=LABEL)
    except InvalidTag:
        return None
