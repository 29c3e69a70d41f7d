"""`kiosk setup`: makes a kiosk, by pages on a terminal or by options with `--yes`."""

from __future__ import annotations

import argparse
import sys

from kiosk.errors import ExitCode, UsageProblem


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    from kiosk.setup.options import add_options

    parser = commands.add_parser(
        "setup",
        help="make a kiosk on this machine",
        description="Make a kiosk on this machine: by pages on a terminal, or at once with --yes.",
    )
    add_options(parser)
    parser.add_argument("--yes", action="store_true", help="ask nothing; needs --passphrase-file or --region")


def run(parsed: argparse.Namespace) -> int:
    """Make a kiosk. Returns the exit status."""
    if parsed.yes and not (parsed.passphrase_file or parsed.region):
        raise UsageProblem("`--yes` needs `--passphrase-file` or `--region`: a passphrase cannot be left out.")
    if parsed.passphrase_file and parsed.region:
        raise UsageProblem("A station with a region file holds no private key, so there is no passphrase.")

    from kiosk.paths import place
    from kiosk.setup.folder import prepare
    from kiosk.setup.offers import complete
    from kiosk.setup.options import draft_from, words

    here = place()
    if not parsed.yes:
        from kiosk.launch.become_supervisor import require_terminal
        from kiosk.setup.start import full_screen

        require_terminal()
        prepare(here)
        draft_from(parsed)  # what is wrong with an option is said here and not behind the pages
        full_screen(here, words(parsed))
        return ExitCode.DONE

    prepare(here)
    draft = draft_from(parsed)
    complete(draft)
    from kiosk.launch import bytecode
    from kiosk.setup.make import make

    made = make(here, draft, lambda step: print(step, file=sys.stderr))
    bytecode.make()
    print("\n".join(made.sentences()))
    return ExitCode.DONE
