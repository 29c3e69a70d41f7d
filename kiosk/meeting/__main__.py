"""`python -m kiosk.meeting FILE CODE`: the meeting's process, locked until somebody knows the passphrase."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Enter the jail, which knows the file's folder alone, and show the locked page."""
    from kiosk.jail.profile import Profile
    from kiosk.terminal.process import begin

    path, who = Path(sys.argv[1]), sys.argv[2]
    control = begin(Profile.MEETING, readable=[path.parent], writable=[path.parent, Path(os.devnull)])

    from kiosk.meeting.app import MeetingApp

    MeetingApp(control, path, who).run()


if __name__ == "__main__":
    main()
    sys.exit()
