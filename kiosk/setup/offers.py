"""The content packs that set-up can offer, each checked when it is looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from kiosk.errors import Refused
from kiosk.setup.agency import chosen
from kiosk.setup.draft import Draft

PRACTICE = "practice"
"""Made up, so no station can be set to it: `kiosk run --practice` plays it."""


class NotOffered(Refused):
    """A choice is none of those that the pack has."""

    hint = "`kiosk pack list` shows the packs and their languages."


@dataclass(frozen=True, slots=True)
class Offer:
    """What a checked pack lets one choose."""

    id: str
    title: str
    region: str
    languages: tuple[tuple[str, str], ...]
    """Codes, each with the language's own name."""
    roles: tuple[str, ...]


def names() -> tuple[str, ...]:
    """Every pack's id, without checking any."""
    from kiosk.content.snapshot import available

    return tuple(name for name in available() if name != PRACTICE)


@lru_cache(maxsize=32)
def offer(pack: str) -> Offer:
    """A pack, checked whole (a fifth of a second). Raises `BadPack` with what is wrong."""
    from kiosk.content.snapshot import find, freeze

    if pack == PRACTICE:
        raise NotOffered("The practice pack needs no set-up: `kiosk run --practice` plays it.")
    plain = json.loads(freeze(find(pack)))
    first = plain["languages"][0]["code"]
    return Offer(
        id=pack,
        title=plain["title"][first],
        region=plain["region"],
        languages=tuple((each["code"], each["name"]) for each in plain["languages"]),
        roles=tuple(each["role"] for each in plain["policies"]),
    )


def complete(draft: Draft) -> None:
    """Fill in what the pack says, and see that it offers what was chosen.

    Raises `NotOffered`, `BadPack`, `NoAgency` or `FileNamesNobody`.
    """
    found = offer(draft.pack)
    draft.language = draft.language or found.languages[0][0]
    draft.region = draft.region or found.region
    if draft.language not in dict(found.languages):
        raise NotOffered(f"The pack {draft.pack!r} does not speak {draft.language!r}.")
    if draft.role not in found.roles:
        raise NotOffered(f"The pack {draft.pack!r} does not say what the role {draft.role!r} may do.")
    chosen(draft)
