"""The command line: finds the command, runs it, and is the one place that prints an error."""

from __future__ import annotations

import sys

from kiosk.errors import ExitCode, KioskError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.parser import Parser

COMMANDS = {
    "run": "kiosk.commands.run",
    "setup": "kiosk.commands.setup",
    "desk": "kiosk.commands.desk",
    "list": "kiosk.commands.list",
    "export": "kiosk.commands.export",
    "report": "kiosk.commands.report",
    "withdraw": "kiosk.commands.withdraw",
    "purge": "kiosk.commands.purge",
    "batch": "kiosk.commands.batch",
    "keys": "kiosk.commands.keys",
    "region": "kiosk.commands.region",
    "import": "kiosk.commands.import_",
    "sync": "kiosk.commands.sync",
    "merge": "kiosk.commands.merge",
    "directory": "kiosk.directory.commands",
    "pack": "kiosk.content.commands",
    "paper": "kiosk.commands.paper",
    "training": "kiosk.commands.training",
    "panic": "kiosk.commands.panic",
    "stop": "kiosk.commands.stop",
    "doctor": "kiosk.commands.doctor",
}
"""Command to the module with its `add_parser` and `run`; a command whose room is not there is not offered."""

BEFORE_INTEGRITY = frozenset(("run", "panic", "doctor"))
"""Commands that begin whatever state our files are in: a kiosk looks at them while its first sitting's Python starts,
a panic cannot wait, and the doctor says it among the rest."""

DEFAULT = "run"
"""What `kiosk` alone does."""


def run(arguments: Sequence[str]) -> int:
    """Do what the command line asks. Returns the exit status; prints one sentence and a hint on failure."""
    status = _tried(arguments)
    if guardian := sys.modules.get("kiosk.supervisor.guardian"):
        guardian.tell(status)
    return status


def _tried(arguments: Sequence[str]) -> int:
    try:
        return int(_run(arguments))
    except KioskError as error:
        say_error(error)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.REFUSED)
    except BrokenPipeError:
        return int(ExitCode.ENVIRONMENT)
    except Exception as error:  # nothing may print a traceback: it could hold what somebody typed
        from kiosk.launch import resource_limits

        if known := resource_limits.told(error) or _not_whole():
            say_error(known)
            return int(known.exit_code)
        print(f"kiosk: Something inside the program went wrong ({type(error).__name__}).", file=sys.stderr)
        print("Hint: Tell whoever looks after this kiosk what was being done.", file=sys.stderr)
        return int(ExitCode.INTERNAL)


def _not_whole() -> KioskError | None:
    """What is wrong with our own files, where a failure may come from that."""
    from kiosk.launch import integrity

    try:
        integrity.check()
    except KioskError as error:
        return error
    except OSError:
        return None
    return None


def say_error(error: KioskError) -> None:
    """Print a failure to stderr: its sentence and its hint."""
    print(f"kiosk: {error}", file=sys.stderr)
    if error.hint:
        print(f"Hint: {error.hint}", file=sys.stderr)


def _run(arguments: Sequence[str]) -> int:
    """Parse, and hand over to the command's own module."""
    words = list(arguments)
    if words in ([], [DEFAULT]):
        # A kiosk that starts is waited for: it loads no parser to find that there is nothing to parse.
        from kiosk.commands.run import start

        return start(practice=False)
    from importlib import import_module
    from importlib.util import find_spec

    if words[0].startswith("-") and words[0] not in ("-h", "--help", "--version"):
        words.insert(0, DEFAULT)
    if words[0] in COMMANDS and find_spec(COMMANDS[words[0]]):
        # The usual case loads one command's module and no other.
        names = [words[0]]
    else:
        names = [name for name, module in COMMANDS.items() if find_spec(module)]
    parser = _parser(names)
    parsed = parser.parse_args(words)
    if parsed.command not in BEFORE_INTEGRITY:
        from kiosk.launch import integrity

        integrity.check()
    return int(import_module(COMMANDS[parsed.command]).run(parsed))


def _parser(names: Sequence[str]) -> Parser:
    """The parser for the named commands."""
    from importlib import import_module

    from kiosk import __version__
    from kiosk.parser import Parser

    parser = Parser(
        prog="kiosk",
        description="A private ten-minute sitting at a shared computer. Without a command: the kiosk on this terminal.",
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for name in names:
        import_module(COMMANDS[name]).add_parser(commands)
    return parser
