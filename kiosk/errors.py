"""What can go wrong, as sentences with a hint and an exit status; `kiosk.cli` alone prints them."""

from __future__ import annotations

from enum import IntEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class ExitCode(IntEnum):
    """How the program ended, for scripts and service managers."""

    DONE = 0
    """Everything asked for was done."""
    USAGE = 2
    """The command line was wrong."""
    REFUSED = 3
    """A rule, a bad input or a recorder stood in the way."""
    ENVIRONMENT = 4
    """No terminal, no key, no disk: the machine has to be mended first."""
    INTERNAL = 70
    """A fault of the program itself."""


class KioskError(Exception):
    """A failure an operator can act on: one sentence, one hint, one exit status.

    The sentence never holds anything a visitor said.
    """

    hint: ClassVar[str] = ""
    """What to do about it, one sentence."""

    exit_code: ClassVar[ExitCode] = ExitCode.ENVIRONMENT
    """The status the program ends with."""


class UsageProblem(KioskError):
    """The command line asks for something that cannot be."""

    hint = "`kiosk --help` lists what there is."
    exit_code = ExitCode.USAGE


class Refused(KioskError):
    """A rule or a bad input stands in the way."""

    exit_code = ExitCode.REFUSED
