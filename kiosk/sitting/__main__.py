"""`python -m kiosk.sitting`: one visitor's process, started by the supervisor with everything it may have."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Lock this process up, read the snapshot, serve one visitor."""
    from kiosk.jail import Profile
    from kiosk.terminal.process import begin

    # looking for rubbish while everything is loaded finds none, and took a quarter of the time to the first page
    gc.disable()
    # asyncio would load TLS for connections that this process cannot make; it does without where there is none
    sys.modules["ssl"] = None  # type: ignore[assignment]
    control = begin(Profile.VISITOR)
    from kiosk.sitting.snapshot import SNAPSHOT_FD, read

    snapshot = read(SNAPSHOT_FD)
    if snapshot.settings.line:
        from kiosk.sitting.line.serving import serve

        serve(snapshot, control)
    else:
        from kiosk.sitting.app import SittingApp

        SittingApp(snapshot, control).run()


if __name__ == "__main__":
    main()
