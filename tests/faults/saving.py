"""One save in a process of its own, for a tracer to disturb: prints what the store said."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.seal.sealed import admit
from kiosk.vault.appending import Appender, mac_of
from kiosk.vault.faults import StoreFault
from kiosk.vault.station_key import StationKey


def main(home: Path, number: int) -> None:
    """Keep the record in `home`/record under `number`."""
    key = StationKey.read(home / "station.key")
    sealed = admit((home / "record").read_bytes(), [each.key_id for each in key.recipients])
    store = Appender(home / "summaries.db", key.number_key)
    try:
        store.append(number, sealed, mac_of(key.station_secret, number, sealed))
    except StoreFault as fault:
        print(fault.reason.name)
    else:
        print("kept")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
