"""The process that shows the directory's pages, under its supervisor."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Read what the pack has, enter the jail, show the list."""
    from kiosk.content import snapshot
    from kiosk.directory.area_file import read
    from kiosk.jail.profile import Profile
    from kiosk.paths import place
    from kiosk.terminal.process import begin

    here = place()
    plain = json.loads(snapshot.freeze(snapshot.find(read(here.area_toml).pack, here.packs)))
    control = begin(Profile.SETUP, readable=[Path("/")], writable=[here.home, Path(os.devnull)])

    from kiosk.directory.editor.app import DirectoryApp

    DirectoryApp(control, here, plain["counties"], [each["code"] for each in plain["languages"]]).run()


if __name__ == "__main__":
    main()
    sys.exit()
