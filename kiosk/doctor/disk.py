"""Checks of the disk under the data folder, of the folder itself, and of the clock."""

from __future__ import annotations

import os
import shutil
from datetime import date

from kiosk.doctor.finding import Finding, Host, broken, good, note, weak
from kiosk.errors import KioskError
from kiosk.launch.system_clock import NOT_AFTER, NOT_BEFORE

LITTLE = 100 << 20
"""Bytes free below which an operator should look after the disk: about half a million records."""

TOO_LITTLE = 8 << 20
"""Bytes free below which a save may fail."""


def the_disk_is_encrypted(host: Host) -> Finding:
    """Records are sealed; the station's secret and its settings are not, and lie on this disk."""
    number = host.folder.stat().st_dev
    block = f"sys/dev/block/{os.major(number)}:{os.minor(number)}"
    if _encrypted(host, block):
        return good("The data folder lies on an encrypted disk.")
    hidden = os.major(number) == 0
    return weak(
        "Whether the disk is encrypted cannot be seen from here." if hidden else "The disk is not encrypted.",
        "Put the data folder on an encrypted volume (LUKS), and switch the machine off at night.",
    )


def _encrypted(host: Host, block: str, depth: int = 8) -> bool:
    if host.read(f"{block}/dm/uuid").startswith("CRYPT-"):
        return True
    below = host.root / block / "slaves"
    names = sorted(below.iterdir()) if depth and below.is_dir() else []
    return bool(names) and all(_encrypted(host, f"sys/class/block/{each.name}", depth - 1) for each in names)


def there_is_room(host: Host) -> Finding:
    """A full disk cannot keep a record."""
    free = shutil.disk_usage(host.folder).free
    said = f"{free >> 20} MiB are free."
    if free < TOO_LITTLE:
        return broken(said, "Make room: saves fail soon.")
    return good(said) if free >= LITTLE else weak(said, "Make room on the data folder's disk.")


def only_this_user_reaches_the_folder(host: Host) -> Finding:
    """0700 for the data folder, 0600 for every file, all of this user, reached through no link."""
    from kiosk.paths import check_modes

    if not host.place.set_up:
        return note("No kiosk is set up here.", "Run `kiosk setup`.")
    try:
        check_modes(host.place)
    except KioskError as error:
        return broken(str(error), error.hint)
    return good("The data folder and its files belong to this user alone.")


def the_clock_is_right(host: Host) -> Finding:
    """Months in records, dates in packs and the end of a release go by this machine's clock."""
    today = date.today()
    if not NOT_BEFORE <= today <= NOT_AFTER:
        return broken(f"The clock says {today:%Y-%m}.", "Set it: `timedatectl set-time`, and see that it stays right.")
    if (host.root / "run/systemd/timesync/synchronized").exists() or _adjusted(host):
        return good(f"The clock is kept right by the network, and says {today:%Y-%m}.")
    return note(
        f"The clock says {today:%Y-%m}, and nothing is seen to keep it right.",
        "A machine without network needs a look at its clock every few months.",
    )


def _adjusted(host: Host) -> bool:
    return any((host.root / name).exists() for name in ("run/chrony/chronyd.pid", "run/ntpd.pid", "run/chronyd.pid"))
