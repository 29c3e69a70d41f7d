"""`python -m kiosk.speech PROGRAM`: the voice of one sitting, started by the supervisor and killed with the sitting."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path


def main() -> None:
    """Lock this process up, read the pack, and read aloud what numbers on standard input ask for."""
    from kiosk.jail import Profile
    from kiosk.jail.enter import enter
    from kiosk.terminal.process import die, fall_silent

    fall_silent()
    program = Path(sys.argv[1])
    enter(Profile.SPEECH, runnable=[program])
    from kiosk.sitting.snapshot import SNAPSHOT_FD, read
    from kiosk.speech.message import SIZE, unpack
    from kiosk.speech.speaker import Speaker

    speaker = Speaker(os.fspath(program), read(SNAPSHOT_FD).pack)
    while message := os.read(0, SIZE):
        try:
            request = unpack(message)
        except struct.error:
            die()
        if request is None:
            speaker.hush()
        else:
            speaker.read(request)
    speaker.hush()


if __name__ == "__main__":
    main()
