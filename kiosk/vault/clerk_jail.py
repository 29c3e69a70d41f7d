"""What a clerk may reach: its own file and nothing else, or one port of its region's server and no file to write."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import Final

from kiosk.config import region_of
from kiosk.errors import KioskError
from kiosk.jail.enter import enter
from kiosk.jail.profile import Profile
from kiosk.paths import Place
from kiosk.seal import wire
from kiosk.vault.postgres.address import Address

LOOK_UP_SECONDS: Final = 30
"""A look-up of the server's name that takes longer ends the clerk."""
MOST_ADDRESSES: Final = 4
"""Addresses of one name that are tried."""


def shut_in(place: Place, line: socket.socket) -> dict[str, str]:
    """Enter the jail that fits the database. Returns what libpq has to be told of the server beside its address.

    A name is looked up before, for nobody can in there. Raises KioskError, in a jail too, and OSError when the sitting
    has ended.
    """
    try:
        region = region_of(place)
        found = {} if region is None else _wait_for(region, line)
    except KioskError:
        enter(Profile.CLERK, readable=(place.home,))
        raise
    if region is None:
        enter(Profile.CLERK, writable=(place.home,))
    else:
        profile = Profile.LOCAL_REGION_CLERK if region.on_this_machine else Profile.REGION_CLERK
        enter(profile, readable=(place.home, *region.files(), *of_the_system()), ports=region.ports)
    return found


def _wait_for(region: Address, line: socket.socket) -> dict[str, str]:
    """Look the server up for the first request, and anew for each one until it is found."""
    while line.recv(1, socket.MSG_PEEK):
        signal.alarm(LOOK_UP_SECONDS)
        try:
            return look_up(region)
        except OSError:
            line.recv(wire.LONGEST + 1)
            line.send(wire.pack_answer(wire.Failed(wire.Reason.BUSY)))
        finally:
            signal.alarm(0)
    raise ConnectionResetError


def look_up(region: Address) -> dict[str, str]:
    """The servers' addresses, as libpq is told them; its name stays, for that is what its certificate has to name.

    Raises OSError when no name can be looked up.
    """
    if region.on_this_machine:
        return {}
    found: list[tuple[str, str, str]] = []
    for host, port in region.servers:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            continue  # one that is gone may be gone from the names as well
        addresses = list(dict.fromkeys(str(each[4][0]) for each in answers))[:MOST_ADDRESSES]
        found += ((host, address, str(port)) for address in addresses)
    if not found:
        raise OSError
    told = ("host", "hostaddr", "port")
    return dict(zip(told, map(",".join, zip(*found, strict=True)), strict=True))


def of_the_system() -> tuple[Path, ...]:
    """What the encryption library reads: its settings, and the certificates that the system trusts."""
    return (Path("/etc/ssl"), Path("/etc/pki"))
