"""`python -m kiosk.desk`: the desk's process, started by the supervisor; locked until somebody knows the passphrase."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Enter the jail, show the locked page. The words of the command line say where a region's server was found."""
    from kiosk.config import region_of
    from kiosk.desk.destination import writable
    from kiosk.jail.profile import Profile
    from kiosk.paths import place
    from kiosk.terminal.process import begin
    from kiosk.vault.clerk_jail import of_the_system

    here, found = place(), dict(word.split("=", 1) for word in sys.argv[1:])
    region, outside = region_of(here), bool(found)
    control = begin(
        Profile.REGION_DESK if outside else Profile.DESK,
        readable=[here.home, *(() if region is None else (*region.files(), *of_the_system()))],
        writable=[*writable(here), Path(os.devnull)],
        ports=() if region is None or not outside else region.ports,
    )

    from kiosk.desk.app import DeskApp

    DeskApp(control, here, found).run()


if __name__ == "__main__":
    main()
    sys.exit()
