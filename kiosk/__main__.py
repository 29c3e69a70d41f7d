"""The entry: makes its own process clean, and only then loads the program.

A variable such as `PYTHONINSPECT` or `TEXTUAL_LOG` is read when Python or Textual is loaded, so it is too late to
drop it afterwards: the process starts itself again with an environment built from nothing.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line in a clean process. Returns the exit status."""
    from kiosk.environment import clean

    given = dict(os.environ)
    environment = clean(given)
    if given != environment or not sys.flags.no_user_site or not sys.flags.safe_path or sys.flags.inspect:
        command = [sys.executable, "-s", "-P", "-m", "kiosk", *sys.argv[1:]]
        os.execve(sys.executable, command, environment)  # noqa: S606  # itself again; there is no shell to fool
    os.umask(0o077)
    from kiosk.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
