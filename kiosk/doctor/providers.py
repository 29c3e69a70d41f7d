"""Checks of the pack's services and the area's providers: who serves which county, and whose number was called."""

from __future__ import annotations

from datetime import date
from typing import Any

from kiosk.directory.area import TAGS, Area
from kiosk.doctor import station
from kiosk.doctor.finding import Finding, Host, broken, good, note, weak
from kiosk.errors import KioskError

_CALLED_WITHIN = 90
"""Days after which a number has to be called again (MO-29)."""


def the_numbers_were_called(host: Host) -> Finding:
    """Telephone numbers that nobody called in 90 days say "call first" on the page (MO-29)."""
    try:
        resources = station.read_pack(host)["resources"]
    except KioskError as error:
        return broken(str(error), error.hint)
    numbers = [each for each in resources if each.get("phone")]
    old = [each for each in numbers if _days_since(each.get("last_verified")) > _CALLED_WITHIN]
    if old:
        return note(f"Numbers nobody called in 90 days: {len(old)} of {len(numbers)}.", "Call them, and write the day.")
    return good(f"All {len(numbers)} numbers were called in the last 90 days.")


def _days_since(day: str | None) -> int:
    try:
        return (date.today() - date.fromisoformat(day or "")).days
    except ValueError:
        return _CALLED_WITHIN + 1


def somebody_plans_for_safety_in_every_county(host: Host) -> Finding:
    """The pack's directory has somebody for each county who plans for safety, near it where there is one (MO-23)."""
    try:
        pack = station.read_pack(host)
    except KioskError as error:
        return broken(str(error), error.hint)
    planners = [each for each in pack["resources"] if each["safety_planning"] and each["phone"]]
    bare = [name for name in pack["counties"] if not any(_serves(each, name) for each in planners)]
    if bare:
        return weak(f"Counties without anybody who plans for safety: {len(bare)}.", "Name a service for each (MO-23).")
    many = len(pack["counties"])
    far = [name for name in pack["counties"] if not any(name in each["counties"] for each in planners)]
    if far:
        said = f"Counties where only a line for everywhere plans for safety: {len(far)} of {many}."
        return note(said, "Name the one that is near, where there is one (MO-23).")
    return good(f"Somebody near plans for safety in each of {many} counties.")


def every_county_has_a_provider(host: Host) -> Finding:
    """A provider able and willing to ask is named for each county (MO-04); a line for everywhere is none."""
    from kiosk.directory.checking import uncovered

    area = _area(host)
    if isinstance(area, Finding):
        return area
    try:
        counties = station.read_pack(host)["counties"]
    except KioskError as error:
        return broken(str(error), error.hint)
    bare = uncovered(area, counties)
    if bare:
        return weak(
            f"Counties without a provider that is able and willing: {len(bare)} of {len(counties)} ({_few(bare)}).",
            "`kiosk directory check` names them all, and who might be asked (MO-04).",
        )
    return good(f"Each of {len(counties)} counties has a named provider, able and willing.")


def the_providers_were_called(host: Host) -> Finding:
    """Somebody rang each provider of the area within 90 days (MO-29)."""
    from kiosk.directory.checking import not_called

    area = _area(host)
    if isinstance(area, Finding):
        return area
    silent = [each.code for each in area.providers if not each.agency.telephone]
    if silent:
        return weak(f"Providers without a telephone: {_few(silent)}.", "Enter it in `area.toml`.")
    late = [each.code for each in not_called(area, date.today())]
    if late:
        many = f"{len(late)} of {len(area.providers)} ({_few(late)})"
        said = f"Providers that nobody called in {_CALLED_WITHIN} days: {many}."
        return note(said, "Call each, then `kiosk directory called ID` (MO-29).")
    return good(f"All {len(area.providers)} providers were called in the last {_CALLED_WITHIN} days.")


def somebody_can_be_asked_with_a_number(host: Host) -> Finding:
    """The agency that holds this station's records is in the directory, and her last page can name it (MO-04)."""
    from kiosk.directory.known import NO_DIRECTORY, agencies, holder, how_to_mend
    from kiosk.vault.station_key import StationKey

    try:
        agency = holder(host.station, agencies(host.place, StationKey.read(host.place.station_key)))
    except KioskError as error:
        return broken(str(error), error.hint)
    if agency is None:
        return weak(NO_DIRECTORY, how_to_mend(desk_here=host.place.desk_toml.exists()))
    if not agency.telephone:
        return weak(f"{agency.code} holds the records here and has no telephone.", "Enter it in the directory.")
    return good(f"{agency.code} holds the records of this station; her last page names it.")


def _area(host: Host) -> Area | Finding:
    """The area's directory, or what stands in place of it where there is none here."""
    if not host.place.area_toml.exists():
        return note("The area's directory is not on this machine.", "On its provider's: `kiosk directory check`.")
    from kiosk.directory.area_file import read

    try:
        return read(host.place.area_toml)
    except KioskError as error:
        return broken(str(error), error.hint)


def _few(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")


def _serves(resource: dict[str, Any], county: str) -> bool:
    return "*" in resource["counties"] or county in resource["counties"]


def the_providers_are_known(host: Host) -> Finding:
    """Somebody of the region met the staff of each provider near it in the last year (MO-44)."""
    try:
        resources = station.read_pack(host)["resources"]
    except KioskError as error:
        return broken(str(error), error.hint)
    near = [each for each in resources if each["safety_planning"] and "*" not in each["counties"]]
    year_ago = f"{date.today().year - 1}-{date.today().month:02}"
    strangers = [each["id"] for each in near if (each["met"] or "") < year_ago]
    if strangers:
        said = f"Providers whose staff nobody met in a year: {len(strangers)} of {len(near)} (first: {strangers[0]})."
        return note(said, "Visit them, and write the month and your staff code (`met`, `met_by`; MO-44).")
    if not near:
        return note(
            "The directory has no provider of this place alone.", "Name those near here, and meet them (MO-44)."
        )
    return good(f"All {len(near)} providers near here were met in the last year.")


def special_populations_are_served(host: Host) -> Finding:
    """Agencies for those whom general services miss are in the directory, beside the one line for all (MO-14)."""
    try:
        resources = station.read_pack(host)["resources"]
    except KioskError as error:
        return broken(str(error), error.hint)
    tagged = {tag for each in resources if not each["hotline"] for tag in each["population_tags"]}
    area = _area(host)
    if isinstance(area, Area):
        tagged |= {tag for each in area.providers for tag in each.tags}
    missing = [name for name in TAGS if name not in tagged]
    if missing:
        return note(f"The directory has nobody for: {', '.join(missing)}.", "Ask your region who serves them (MO-14).")
    return good("Every population that general services miss has somebody in the directory.")
