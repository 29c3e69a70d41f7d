"""The process that shows the set-up pages, under its supervisor."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> None:
    """Read the options, enter the jail, ask."""
    from kiosk.jail.profile import Profile
    from kiosk.launch.recorders import recorder
    from kiosk.paths import place
    from kiosk.setup.options import add_options, draft_from
    from kiosk.terminal.process import begin

    parser = argparse.ArgumentParser(allow_abbrev=False)
    add_options(parser)
    draft = draft_from(parser.parse_args())
    recorded = recorder() is not None
    here = place()
    control = begin(Profile.SETUP, readable=[Path("/")], writable=[here.home.parent, Path(os.devnull)])

    from kiosk.setup.app import SetupApp
    from kiosk.setup.make import make

    SetupApp(control, here, draft, make, recorded=recorded).run()


if __name__ == "__main__":
    main()
    sys.exit()
