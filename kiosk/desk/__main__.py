"""`python -m kiosk.desk`: the desk's process, started by the supervisor; locked until somebody knows the passphrase."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Enter the jail, show the locked page."""
    from kiosk.jail.profile import Profile
    from kiosk.paths import place
    from kiosk.terminal.process import begin

    here = place()
    control = begin(Profile.DESK, readable=[here.home], writable=[here.home, Path(os.devnull)])

    from kiosk.desk.app import DeskApp

    DeskApp(control, here).run()


if __name__ == "__main__":
    main()
    sys.exit()
