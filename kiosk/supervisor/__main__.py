"""The supervisor's program: `python -I -S __main__.py --settings FD [--state FD]`, by descriptors alone."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

sys.dont_write_bytecode = True
# appended, so that nothing beside our packages can stand in for the standard library
sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


def main() -> NoReturn:
    """Run until the end; whatever happens, nobody is left and the terminal is given back."""
    try:
        from kiosk.supervisor.harden import harden

        harden()
        from kiosk.supervisor.supervising import supervise

        told = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=False))
        supervise(int(told["--settings"]), int(told.get("--state", -1)))
    except BaseException:  # not even its own rooms could be loaded: no memory, or no files to open
        os.write(2, b"The kiosk could not be started on this machine.\r\n")
    finally:
        os._exit(70)


if __name__ == "__main__":
    main()
