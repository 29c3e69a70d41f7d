"""The news secret, sealed by one provider of the area for another: the stations of each tell the news of all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from kiosk.desk.keys import derivation, spoken_check
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.region import Region
from kiosk.errors import KioskError, Refused
from kiosk.news.edition import possible
from kiosk.news.keys import MOST_PROVIDERS, NewsKey
from kiosk.seal.record import Recipient, hpke_suite
from kiosk.seal.sealed import SUITE_X25519, SUITE_XWING
from kiosk.vault.private_file import write_private

FORMAT: Final = 1
_LENGTH: Final = 1024
_LONGEST: Final = 16 * 1024
_INFO: Final = b"kiosk news key"


class NotANewsKey(Refused):
    """A file that holds no news secret for this provider, or another than the one whose check was read out."""

    hint = "Nothing was changed. Ask for the file and its check again: `kiosk keys news --to PUBLIC FILE` writes both."


class NoRoom(Refused):
    """More providers than a station looks up."""

    hint = "A look-up takes half a second for each provider: an area has 16 at most."


def share(path: Path, region: Region, to: Recipient, seeds: Seeds) -> str:
    """Write this provider's news key for one other, never over a file; returns the check to read out by voice."""
    region.must_deal()
    plain = json.dumps(NewsKey(region.code, region.news_secret, signers_of(seeds)).to_table()).encode().ljust(_LENGTH)
    sealed = hpke_suite(to.suite).encrypt(plain, to.key, info=_INFO)
    raw = json.dumps({"kiosk news key": FORMAT, "suite": to.suite, "sealed": sealed.hex()}).encode() + b"\n"
    write_private(path, raw, replace=False)
    return spoken_check.of_news(raw)


def take(path: Path, present: Region, seeds: Seeds, check: str) -> tuple[Region, str]:
    """The desk's region with a neighbour's news key, in the place of her former one, and that neighbour's code.

    `check` is what she read out: nothing else says that the file is hers. Raises NotANewsKey, NoRoom or KioskError.
    """
    present.must_deal()
    try:
        with path.open("rb") as file:
            untrusted = file.read(_LONGEST + 1)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be read ({error.strerror}).") from None
    if not spoken_check.is_news(check, untrusted):
        raise NotANewsKey(f"{path.name} is not the file that this check belongs to.")
    try:
        coming = NewsKey.from_table(json.loads(_plain(untrusted, seeds)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotANewsKey(f"{path.name} holds no news key for this provider.") from None
    if not possible(coming) or coming.region == present.code:
        raise NotANewsKey("The file holds no other provider's news key.")
    others = tuple(each for each in present.neighbours if each.region != coming.region)
    if len(others) + 2 > MOST_PROVIDERS:
        raise NoRoom("There are as many providers as a station looks up.")
    return replace(present, neighbours=(*others, coming)), coming.region


def _plain(untrusted: bytes, seeds: Seeds) -> bytes:
    """What is inside. Raises ValueError and others where no seed opens it."""
    from cryptography.exceptions import InvalidTag

    outer = json.loads(untrusted)
    suite, sealed = outer["suite"], bytes.fromhex(outer["sealed"])
    if outer["kiosk news key"] != FORMAT or suite not in (SUITE_X25519, SUITE_XWING):
        raise ValueError
    for each in seeds:
        key = derivation.x25519_key(each) if suite == SUITE_X25519 else derivation.xwing_key(each)
        try:
            return hpke_suite(suite).decrypt(sealed, key, info=_INFO)
        except InvalidTag:
            continue
    raise ValueError
