"""Which agency holds a new station's records: chosen from its region file, else described here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.directory.refused_text import refused
from kiosk.errors import Refused
from schema.agency import LONGEST_HOURS, LONGEST_LABEL, Agency

if TYPE_CHECKING:
    from kiosk.setup.draft import Draft

SAYS = {
    "code": "2 to 12 letters, digits and hyphens, beginning with a letter; not AGENCY-1, which is nobody's.",
    "label": f"A neutral name of at most {LONGEST_LABEL} letters, or nothing.",
    "telephone": "A number like 800-555-0100, or nothing.",
    "hours": f"At most {LONGEST_HOURS} letters, or nothing.",
}
"""What each part is like, by the part that does not fit."""


class NoAgency(Refused):
    """A station would keep records that nobody can be asked about."""

    hint = "Give `--agency CODE`: the agency that holds this station's records. A visitor is told to ask there."


class FileNamesNobody(Refused):
    """A region file from before there was a directory of agencies."""

    hint = "On the provider's machine: make its directory (`kiosk directory`), then `kiosk region --again`."


def described(draft: Draft) -> Agency:
    """Return the agency as the draft describes it. Raises ValueError with the part that does not fit."""
    label = {draft.language: draft.agency_label} if draft.agency_label else {draft.language: draft.agency}
    hours = {draft.language: draft.agency_hours} if draft.agency_hours else {}
    for part, text in (("label", draft.agency_label), ("hours", draft.agency_hours)):
        if refused(text):
            raise ValueError(part)
    return Agency(draft.agency, label, draft.agency_telephone, hours)


def chosen(draft: Draft) -> Agency:
    """Return the agency that holds the records. Raises NoAgency or FileNamesNobody."""
    if draft.region_file is None:
        try:
            return described(draft)
        except ValueError as part:
            name = "agency" if str(part) == "code" else f"agency-{part}"
            raise NoAgency(f"`{name}` does not fit: {SAYS[str(part)]}") from None
    known = draft.region_file.agencies
    if not known:
        raise FileNamesNobody("The region file names no agency that could hold this station's records.")
    found = next((each for each in known if each.code == draft.agency), None)
    if found is None:
        raise NoAgency(f"`agency` is one of the region file's: {', '.join(each.code for each in known)}.")
    return found
