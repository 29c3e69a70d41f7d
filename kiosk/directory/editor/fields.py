"""A provider as fields on a page, and back: each field that does not fit is named by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kiosk.directory.area import EVERYWHERE, FLAGS, TAGS, Provider
from kiosk.directory.area_file import BY_PART, LONGEST_LINE, LONGEST_NOTES
from kiosk.directory.refused_text import refused
from schema.agency import Agency

Fields = dict[str, str]
"""What stands in each field; `label` and `hours` have one for each language (`label es`)."""


class Unfit(Exception):
    """A field does not fit: which one, and what would."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def to_fields(provider: Provider, languages: Sequence[str]) -> Fields:
    """Return what stands in the fields of a provider."""
    agency = provider.agency
    return {
        "code": agency.code,
        **{f"label {code}": agency.label.get(code, "") for code in languages},
        "telephone": agency.telephone,
        **{f"hours {code}": agency.hours.get(code, "") for code in languages},
        "counties": "; ".join(provider.counties),
        "tags": "; ".join(provider.tags),
        "notes": provider.notes,
        "source": provider.source,
    }


def from_fields(
    fields: Mapping[str, str],
    flags: Mapping[str, bool],
    before: Provider | None,
    counties: Collection[str],
    *,
    called: bool,
) -> Provider:
    """Return the provider of these fields; keys, and words in other languages, stay. Raises Unfit."""
    for name, text in fields.items():
        if why := refused(text):
            raise Unfit(name, f"This {why}, which never stands here.")
    old: dict[str, dict[str, str]] = {"label": {}, "hours": {}}
    if before is not None:
        old = {"label": before.agency.label, "hours": before.agency.hours}
    new = {name: _words(name, fields, old[name]) for name in old}
    if not new["label"]:
        raise Unfit(next(name for name in fields if name.startswith("label ")), "A name that a passer-by may read.")
    try:
        agency = Agency(fields["code"].upper(), new["label"], fields["telephone"], new["hours"])
    except ValueError as part:
        name = next(each for each in fields if each.split()[0] == str(part))
        raise Unfit(name, f"It is {BY_PART[str(part)]}.") from None
    for name, longest in (("notes", LONGEST_NOTES), ("source", LONGEST_LINE)):
        if len(fields[name]) > longest or not fields[name].isprintable():
            raise Unfit(name, f"One line of at most {longest} letters.")
    same = before is not None and before.agency.telephone == agency.telephone
    last = before.last_called if before is not None and same else None
    return replace(
        before or Provider(agency),
        agency=agency,
        counties=_listed("counties", fields, {*counties, EVERYWHERE}),
        tags=_listed("tags", fields, TAGS),
        notes=fields["notes"],
        source=fields["source"],
        last_called=date.today() if called else last,
        **{name: flags[name] for name in FLAGS},  # type: ignore[arg-type]
    )


def _words(name: str, fields: Mapping[str, str], old: Mapping[str, str]) -> dict[str, str]:
    asked = {field.split()[1]: text for field, text in fields.items() if field.startswith(f"{name} ")}
    return {code: words for code, words in (dict(old) | asked).items() if words}


def _listed(name: str, fields: Mapping[str, str], known: Collection[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(each.strip() for each in fields[name].split(";") if each.strip()))
    if unknown := [each for each in found if each not in known]:
        raise Unfit(name, f"{unknown[0][:40]} is none of the known {name}.")
    if EVERYWHERE in found and len(found) > 1:
        raise Unfit(name, "Counties by `;`, or `*` alone.")
    return found
