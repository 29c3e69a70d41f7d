"""Reading `area.toml` strictly, and writing it whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from kiosk.directory.area import EVERYWHERE, FLAGS, TAGS, Area, Provider
from kiosk.directory.area_text import FORMAT, text
from kiosk.directory.refused_text import refused
from kiosk.errors import Refused
from kiosk.seal.record import Recipient, RecipientFault
from kiosk.vault.private_file import read_private, write_private
from kiosk.vault.station_key import MOST_AGENCIES
from schema.agency import AGENCY_CODE, LONGEST_HOURS, LONGEST_LABEL, Agency
from schema.summary import CODE_LENGTHS, is_code

LONGEST_LINE: Final = 200
"""Characters of a county, of a source and of the area's name."""
LONGEST_NOTES: Final = 1000
LONGEST_FILE: Final = 1 << 20
"""Bytes of the whole file."""

_HEAD: Final = frozenset({"format", "code", "name", "pack", "providers"})
_FIELDS: Final = frozenset(
    {"code", "label", "telephone", "hours", "counties", *FLAGS, "notes", "tags", "last_called", "source", "keys"}
)
BY_PART: Final = {
    "code": "2 to 12 capital letters, digits and hyphens, and not AGENCY-1",
    "label": f'by language, such as {{ en = "River line" }}, at most {LONGEST_LABEL} letters',
    "telephone": "written like 800-555-0100, or empty",
    "hours": f'in words by language, such as {{ en = "Monday to Friday, 9 to 5" }}, at most {LONGEST_HOURS} letters',
}
"""What each part of an agency is like, in words."""


class BadArea(Refused):
    """`area.toml` is not as it has to be; the sentence names the provider and the field."""

    hint = "Mend it there, or with `kiosk directory`; docs/provider.md (The area's directory) says what each field is."


def read(path: Path) -> Area:
    """Read the registry. Raises Missing, NotPrivate or BadArea."""
    return parse(read_private(path, longest=LONGEST_FILE))


def write(path: Path, area: Area) -> None:
    """Write it whole or not at all, 0600, once it was read back as it is. Raises BadArea or KioskError."""
    data = text(area).encode()
    if parse(data) != area:
        raise BadArea("The directory would not be read back as it is.")
    write_private(path, data, replace=True)


def parse(untrusted: bytes) -> Area:
    """Read the registry's text. Raises BadArea."""
    try:
        table = tomllib.loads(untrusted.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadArea("`area.toml` is not UTF-8 text.") from None
    except (ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        raise BadArea(f"`area.toml` is not valid TOML{f', line {place[1]}' if place else ''}.") from None
    _known(table, _HEAD, "")
    if table.get("format") != FORMAT:
        raise BadArea(f"In `area.toml`, `format` is {FORMAT}.")
    providers = table.get("providers", [])
    if not _list_of(providers, dict) or len(providers) > MOST_AGENCIES:
        raise BadArea(f"In `area.toml`, providers are tables `[[providers]]`, at most {MOST_AGENCIES}.")
    for name, fits in (
        ("code", is_code(table.get("code", ""), CODE_LENGTHS["region"])),
        ("name", bool(table.get("name")) and _line(table["name"], LONGEST_LINE)),
        ("pack", isinstance(table.get("pack"), str) and re.fullmatch(r"[a-z0-9-]{2,24}", table["pack"])),
    ):
        if not fits:
            raise BadArea(f"In `area.toml`, the area's `{name}` is missing or does not fit.")
    found = tuple(_provider(each) for each in providers)
    codes = [each.code for each in found]
    if twice := sorted({each for each in codes if codes.count(each) > 1}):
        raise BadArea(f"In `area.toml`, the code {twice[0]} stands twice.")
    return Area(table["code"], table["name"], table["pack"], found)


def _provider(untrusted: dict[str, Any]) -> Provider:
    code = untrusted.get("code")
    name = code if isinstance(code, str) and AGENCY_CODE.fullmatch(code) else "one without a code"
    _known(untrusted, _FIELDS, f"provider {name}: ")
    try:
        agency = Agency(
            untrusted.get("code", ""),
            untrusted.get("label", {}),
            untrusted.get("telephone", ""),
            untrusted.get("hours", {}),
        )
    except ValueError as part:
        raise _bad(name, str(part), BY_PART[str(part)]) from None
    for words in (*agency.label.values(), *agency.hours.values()):
        _plain(name, "label and hours", words)
    return Provider(
        agency,
        counties=_counties(name, untrusted.get("counties", [])),
        **{flag: _flag(name, flag, untrusted.get(flag, False)) for flag in FLAGS},
        notes=_words(name, "notes", untrusted.get("notes", ""), LONGEST_NOTES),
        tags=_tags(name, untrusted.get("tags", [])),
        last_called=_day(name, untrusted.get("last_called")),
        source=_words(name, "source", untrusted.get("source", ""), LONGEST_LINE),
        keys=_keys(name, untrusted.get("keys", [])),
    )


def _known(table: dict[str, Any], known: Iterable[str], where: str) -> None:
    for key in table:
        if key not in known:
            shown = key if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key) else "…"
            raise BadArea(f"In `area.toml`, {where}`{shown}` is no field.")


def _bad(name: str, field: str, says: str) -> BadArea:
    return BadArea(f"In `area.toml`, provider {name}: `{field}` is {says}.")


def _plain(name: str, field: str, text: str) -> None:
    if why := refused(text):
        raise BadArea(f"In `area.toml`, provider {name}: `{field}` {why}, which never stands there.")


def _line(text: object, longest: int) -> bool:
    return isinstance(text, str) and len(text) <= longest and text.isprintable() and text == text.strip()


def _list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def _words(name: str, field: str, value: Any, longest: int) -> str:
    if not _line(value, longest):
        raise _bad(name, field, f"one line of at most {longest} letters")
    _plain(name, field, value)
    return str(value)


def _flag(name: str, field: str, value: Any) -> bool:
    if type(value) is not bool:
        raise _bad(name, field, "true or false")
    return value


def _counties(name: str, value: Any) -> tuple[str, ...]:
    if not _list_of(value, str) or not all(each and _line(each, LONGEST_LINE) for each in value):
        raise _bad(name, "counties", "a list of counties")
    if len(set(value)) < len(value) or (EVERYWHERE in value and len(value) > 1):
        raise _bad(name, "counties", 'a list that names each county once, or `["*"]` alone')
    return tuple(value)


def _tags(name: str, value: Any) -> tuple[str, ...]:
    if not _list_of(value, str) or not set(value) <= set(TAGS) or len(set(value)) < len(value):
        raise _bad(name, "tags", f"a list, each of them once, of {', '.join(TAGS)}")
    return tuple(value)


def _day(name: str, value: Any) -> date | None:
    if value is not None and type(value) is not date:
        raise _bad(name, "last_called", "a day such as 2026-11-22, without quotes")
    return value


def _keys(name: str, value: Any) -> tuple[Recipient, ...]:
    try:
        if not _list_of(value, dict) or any(set(each) != {"suite", "public"} for each in value):
            raise ValueError
        return tuple(Recipient(each["suite"], bytes.fromhex(each["public"])) for each in value)
    except (ValueError, TypeError, RecipientFault):
        raise _bad(name, "keys", "a list of public keys as `kiosk keys show` has them: suite and public") from None
