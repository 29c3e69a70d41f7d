"""Checks of the pack's directory: whether its numbers were called, and who serves this region."""

from __future__ import annotations

from datetime import date
from typing import Any

from kiosk.doctor import station
from kiosk.doctor.finding import Finding, Host, broken, good, note, weak
from kiosk.errors import KioskError

POPULATIONS = (
    *("trafficking", "lgbtq", "deaf", "immigrant", "tribal"),
    *("older", "teen", "male", "disability"),
)
"""Whom the general services miss most easily (MO-14)."""

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


def every_county_has_a_provider(host: Host) -> Finding:
    """Somebody near who plans for safety serves each county, and a provider able and willing to ask (MO-04, MO-23)."""
    try:
        pack = station.read_pack(host)
    except KioskError as error:
        return broken(str(error), error.hint)
    planners = [each for each in pack["resources"] if each["safety_planning"] and each["phone"]]
    bare = [name for name in pack["counties"] if not any(_serves(each, name) for each in planners)]
    if bare:
        return weak(f"Counties without anybody who plans for safety: {len(bare)}.", "Name a provider for each (MO-04).")
    many = len(pack["counties"])
    far = [name for name in pack["counties"] if not any(name in each["counties"] for each in planners)]
    if far:
        said = f"Counties where only a line for everywhere plans for safety: {len(far)} of {many}."
        return note(said, "Name the provider of each (MO-04).")
    idle = [name for name in pack["counties"] if not any(each["assesses"] and _serves(each, name) for each in planners)]
    if idle:
        said = f"Counties without a provider able and willing to ask the housing questions: {len(idle)} of {many}."
        return note(said, "Ask the provider of each, and write `assesses = true` (MO-04).")
    return good(f"Each of {many} counties has a provider who plans for safety, able and willing to ask.")


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
    missing = [name for name in POPULATIONS if name not in tagged]
    if missing:
        return note(f"The directory has nobody for: {', '.join(missing)}.", "Ask your region who serves them (MO-14).")
    return good("Every population that general services miss has somebody in the directory.")
