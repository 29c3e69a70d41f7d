"""The entry: makes its own process clean, and only then loads the program.

The environment is built anew from nothing. What Python or the linker has read from it by now, or a folder of this
user's that code was already loaded from, cannot be taken back: then the process starts itself again.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line in a clean process. Returns the exit status."""
    from kiosk.launch.environment import GIVEN, acted, clean, dropped

    given = dict(os.environ)
    environment = clean(given)
    if acted(given) or sys.flags.inspect or _others_code():
        command = [sys.executable, "-s", "-P", "-m", "kiosk", *sys.argv[1:]]
        os.execve(sys.executable, command, environment | {GIVEN: dropped(given)})  # noqa: S606  # itself again; there is no shell to fool
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder of the script, or the one that it was started in
    os.environ.clear()
    os.environ.update(environment)
    os.umask(0o077)
    from kiosk.cli import run

    return run(sys.argv[1:])


def _others_code() -> bool:
    """Whether code may have come from this user's own packages, or from the folder the program was started in."""
    own_packages = getattr(sys.modules.get("site"), "ENABLE_USER_SITE", True)
    beside = not sys.flags.safe_path and __file__ == sys.path[0].rstrip("/") + "/kiosk/__main__.py"
    return own_packages or beside


if __name__ == "__main__":
    sys.exit(main())
