"""Checks of the region's PostgreSQL server, where a station keeps its records there: as the station's user sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.doctor.finding import Finding, Host, broken, good, note, weak
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NEEDED: Final = frozenset(
    {
        "SELECT news",
        "SELECT removal_list",
        "INSERT station_says",
    }
)
_LASTS: Final = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}
_KEEPS_NO_TIME: Final = {"log_connections": "off", "log_disconnections": "off", "track_commit_timestamp": "off"}
_PREPARE: Final = "As a superuser: `kiosk sync --prepare | psql ...` (docs/provider.md, A region on PostgreSQL)."
_CONF: Final = "Set it in the server's `postgresql.conf` (docs/provider.md, A region on PostgreSQL), and restart it."
_GRANT: Final = "Give each station a user with `kiosk_station` alone (docs/provider.md, A region on PostgreSQL)."
_OWN_FILE: Final = "This station keeps its records in its own file."


def the_regions_server_answers(host: Host) -> Finding:
    """Where records go to a region, its server takes this station's user."""
    if isinstance(host.region, KioskError):
        return broken(str(host.region), host.region.hint)
    return good("The region's server takes this station." if host.region else _OWN_FILE)


def the_regions_log_holds_no_record(host: Host) -> Finding:
    """No statement, no value and no time of a save goes into the server's log (P6)."""
    from kiosk.vault.postgres.prepare import SETTINGS

    wished = {name: value for name, value in SETTINGS.items() if name.startswith(("log_", "debug_"))}
    return _set_so(host, wished, broken, _PREPARE)


def the_region_does_not_know_who_came_when(host: Host) -> Finding:
    """Neither the server's log nor its rows have the time of a connection: of a visitor near Keep (P6)."""
    return _set_so(host, _KEEPS_NO_TIME, weak, _CONF)


def the_regions_records_last(host: Host) -> Finding:
    """What a visitor was told is kept survives a power cut of the server (P8)."""
    return _set_so(host, _LASTS, broken, _CONF)


def the_station_can_only_add_and_read(host: Host) -> Finding:
    """The station's user changes and removes nothing in the region, and has no power over its server."""
    seen = host.region
    if seen is None or isinstance(seen, KioskError):
        return _unseen(seen)
    if missing := sorted(_NEEDED - seen.rights):
        return broken(f"The station's user may not {', '.join(missing)}.", _GRANT)
    if more := [*seen.powers, *sorted(seen.rights - _NEEDED)]:
        return weak(f"The station's user may more than add its own: {', '.join(more)}.", _GRANT)
    return good("The station's user adds rows of its own, and can do nothing else.")


def the_station_sees_nobody_else(host: Host) -> Finding:
    """The station's user cannot tell who else is connected, nor how much others keep: each is a visitor (P7)."""
    seen = host.region
    if seen is None or isinstance(seen, KioskError):
        return _unseen(seen)
    if seen.sees:
        named = ", ".join(f"`{name}`" for name in seen.sees[:3])
        return weak(f"The station's user can see what others do: {named} ({len(seen.sees)} ways in all).", _PREPARE)
    return good("The station's user sees nobody else on the region's server.")


def nobody_listens_on_the_way_to_the_region(host: Host) -> Finding:
    """What leaves this machine for the region is encrypted, to a server that proved its name (P6)."""
    from kiosk.config import region_of
    from kiosk.vault.postgres.address import STRICTEST

    seen = host.region
    if seen is None or isinstance(seen, KioskError):
        return _unseen(seen)
    address = region_of(host.place)
    assert address is not None
    if address.stays_here:
        return good("The region's server is on this machine.")
    mode = address.settings(host.place.home).get("sslmode", "")
    if not seen.encrypted:
        return broken("The connection to the region's server is not encrypted.", "Let it take `hostssl` alone.")
    if mode != STRICTEST:
        return weak(f"The server need not prove its name (`sslmode={mode}`).", "Leave `sslmode` out of the URL.")
    return good("The region's server proves its name, and what goes there is encrypted.")


def _set_so(host: Host, wished: Mapping[str, str], how_bad: Callable[[str, str], Finding], mend: str) -> Finding:
    seen = host.region
    if seen is None or isinstance(seen, KioskError):
        return _unseen(seen)
    amiss = [f"`{name}`" for name, value in wished.items() if seen.settings.get(name) != value]
    if amiss:
        return how_bad(f"The region's server is set otherwise: {', '.join(amiss)}.", mend)
    return good("The region's server is set as it should be.")


def _unseen(why: KioskError | None) -> Finding:
    if why is None:
        return good(_OWN_FILE)
    return note("The region's server could not be asked.", "First mend what keeps it from answering.")
