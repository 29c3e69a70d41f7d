"""The clerk: puts numbers aside, keeps sealed records and counts sheets, for one sitting, over one inherited line."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import ExitCode, KioskError
from kiosk.paths import Place
from kiosk.seal import wire
from kiosk.seal.sealed import NotSealed, SealedRecord, admit
from kiosk.vault.numbers import draw, valid

if TYPE_CHECKING:
    from kiosk.vault.appending import Appender
    from kiosk.vault.postgres.appending import RegionAppender
    from kiosk.vault.sheet_ledger import SheetLedger
    from kiosk.vault.station_key import StationKey

LINE: Final = 5
"""The descriptor of the clerk's end of the line."""
SAVE_SECONDS: Final = 30
"""A request that takes longer ends the clerk; what the database had begun is then dropped whole."""
MOST_KEPT: Final = 4
"""Records that one visit may keep: a summary and a few requests. Which is which nobody can see from outside."""
MOST_A_DAY: Final = 120
"""Records that a station keeps in a day where its settings say nothing else."""
MOST_SHEETS: Final = 12
"""Sheets of paper that one visit may have entered in the ledger."""
LIFE_SECONDS: Final = 6 * 3600
"""Seconds of silence on the line after which no sitting can be at its other end."""
_IGNORED: Final = (
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTSTP,
    signal.SIGTTIN,
    signal.SIGTTOU,
    signal.SIGHUP,
    signal.SIGTERM,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGPIPE,
)


class Clerk:
    """Answers one sitting's requests. Numbers stay in its memory until they are kept."""

    def __init__(
        self, station: StationKey, store: Appender | RegionAppender, ledger: SheetLedger, most_a_day: int = MOST_A_DAY
    ) -> None:
        self._station = station
        self._store = store
        self._ledger = ledger
        self._most_a_day = most_a_day
        self._kept = 0
        """Records of this visit."""
        self._sheets = 0
        """Sheets of this visit."""
        self._on_sheets: int | None = None
        """The number at the foot of this visit's sheets of services; in memory only."""
        self._entered = False
        """Whether staff entered this visitor in the general list."""
        self._recipients = tuple(each.key_id for each in station.recipients)
        self._aside: int | None = None
        """The number put aside and not kept."""
        self._doubtful: tuple[SealedRecord, ...] = ()
        """What may or may not lie on disk under that number, after saves that failed."""
        self._last_kept: tuple[int, SealedRecord] | None = None

    def answer(self, untrusted: bytes) -> wire.Answer:
        """Do what one message asks. Never raises for a bad message or a failing disk."""
        from kiosk.vault.faults import NumberTaken, StoreFault

        try:
            request = wire.unpack_request(untrusted)
            if isinstance(request, wire.Ask):
                return wire.Number(self._put_aside())
            if isinstance(request, wire.Paper):
                return self._enter_sheet()
            if isinstance(request, wire.Draw):
                return wire.Number(self._draw_for_a_sheet())
            if isinstance(request, wire.Entered):
                return self._count_entered()
            return self._keep(request)
        except NumberTaken:
            return self._clash()
        except StoreFault as fault:
            return wire.Failed(fault.reason)
        except (wire.WireFault, NotSealed):
            return wire.Failed(wire.Reason.REFUSED)
        except KioskError:
            return wire.Failed(wire.Reason.OTHER)

    def _enter_sheet(self) -> wire.Answer:
        if self._sheets >= MOST_SHEETS:
            return wire.Failed(wire.Reason.REFUSED)
        self._sheets += 1
        return wire.Sheet(self._ledger.new_sheet())

    def _draw_for_a_sheet(self) -> int:
        """One number a visit, as likely as any of this station's: no table and no map is asked, and nothing is kept."""
        if self._on_sheets is None:
            self._on_sheets = draw(self._station.classes, self._station.number_key, lambda _: False)
        return self._on_sheets

    def _count_entered(self) -> wire.Answer:
        """Count somebody whom staff entered in the general list: one a visit."""
        if self._entered:
            return wire.Failed(wire.Reason.REFUSED)
        self._ledger.count_entered()
        self._entered = True
        return wire.Counted()

    def _put_aside(self) -> int:
        if self._aside is None:
            self._aside = draw(self._station.classes, self._station.number_key, self._store.taken)
            self._doubtful = ()
        return self._aside

    def _keep(self, request: wire.Keep) -> wire.Answer:
        from kiosk.vault.appending import doubt_mac, mac_of

        sealed = admit(request.untrusted_sealed, self._recipients)
        if self._last_kept == (request.number, sealed):
            return wire.Kept()
        if request.number != self._aside or not valid(request.number):
            return wire.Failed(wire.Reason.REFUSED)
        if self._kept >= MOST_KEPT:
            return wire.Failed(wire.Reason.REFUSED)
        if not self._doubtful:
            self._count()
        earlier, self._doubtful = self._doubtful, (*self._doubtful, sealed)
        mac = mac_of(self._station.station_secret, request.number, sealed)
        doubt = doubt_mac(self._station.station_secret, request.number)
        self._store.append(request.number, sealed, mac, earlier=earlier, doubt=doubt)
        self._kept += 1
        self._last_kept, self._aside, self._doubtful = (request.number, sealed), None, ()
        return wire.Kept()

    def _count(self) -> None:
        """Count one more record of this day. Raises EnoughToday alone: no counter that fails keeps anybody out."""
        from kiosk.vault.sheet_ledger import EnoughToday, day_tag

        try:
            self._ledger.count_a_record(day_tag(self._station.station_secret), self._most_a_day)
        except EnoughToday:
            raise
        except KioskError:
            return

    def _clash(self) -> wire.Answer:
        from kiosk.vault.faults import StoreFault

        self._aside = None
        try:
            return wire.Clash(self._put_aside())
        except StoreFault as fault:
            return wire.Failed(fault.reason)
        except KioskError:
            return wire.Failed(wire.Reason.OTHER)


def serve(line: socket.socket, clerk: Clerk) -> None:
    """Answer until the other end is closed. A save that was begun is finished first, or dropped whole."""
    while True:
        signal.alarm(LIFE_SECONDS)
        try:
            message = line.recv(wire.LONGEST + 1)
            if not message:
                return
            signal.alarm(SAVE_SECONDS)
            line.send(wire.pack_answer(clerk.answer(message)))
        except OSError:
            return


def refuse(line: socket.socket) -> None:
    """Answer every request with a failure: the station's file cannot be read."""
    signal.alarm(LIFE_SECONDS)
    with suppress(OSError):
        while line.recv(wire.LONGEST + 1):
            line.send(wire.pack_answer(wire.Failed(wire.Reason.OTHER)))


def main(arguments: Sequence[str]) -> int:
    """Serve the line on descriptor 5 for the kiosk at `--home PATH`."""
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if len(arguments) != 2 or arguments[0] != "--home":
        return ExitCode.USAGE
    place = Place(Path(arguments[1]))
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=LINE) as line:
        try:
            clerk = _clerk_at(place, line)
        except OSError:
            return ExitCode.DONE
        except KioskError:
            refuse(line)
            return ExitCode.ENVIRONMENT
        serve(line, clerk)
    return ExitCode.DONE


def _clerk_at(place: Place, line: socket.socket) -> Clerk:
    """Give up everything but the database and come to life; it dies with its supervisor, and a save with it, whole."""
    from kiosk.vault.clerk_jail import shut_in

    found = shut_in(place, line)
    from kiosk.config import read, region_of
    from kiosk.vault.sheet_ledger import SheetLedger
    from kiosk.vault.station_key import StationKey
    from kiosk.vault.stores import Records

    station = StationKey.read(place.station_key)
    records = Records(place, station.number_key, region_of(place), found)
    most = read(place.station_toml).most_a_day if place.set_up else MOST_A_DAY
    return Clerk(station, records.appender(), SheetLedger(place.ledgers), most)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
