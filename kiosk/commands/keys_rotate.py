"""`kiosk keys rotate`: a new key in the place of the old one, every record sealed again, the old key destroyed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode, Refused, UsageProblem

if TYPE_CHECKING:
    from kiosk.desk.keys.rotation import Turned
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.paths import Place


class NoRotation(Refused):
    """There is no rotation to finish."""

    hint = "`kiosk keys rotate` begins one."


def run(parsed: argparse.Namespace) -> int:
    """Begin or go on, as far as it goes, and say what remains to be done by hand."""
    from kiosk.commands.passphrase import unlocked_by
    from kiosk.desk.keys import rotation, rotation_file
    from kiosk.paths import check_modes, place
    from kiosk.vault import health
    from kiosk.vault.locks import alone

    here = place()
    check_modes(here)
    health.check(here.summaries)
    begun = rotation_file.under_way(here)
    if begun and (parsed.suite or parsed.recipients is not None or parsed.new_passphrase_file):
        raise UsageProblem("A rotation is under way and goes on as it was begun; leave these options out.")
    if parsed.finish and not begun:
        raise NoRotation("No rotation is under way.")
    with alone(here):
        rotation_file.sweep(here)
        seeds, passphrase = unlocked_by(here, parsed.passphrase_file)
        if not begun:
            _begin(here, parsed, seeds, passphrase)
        turned = rotation.go_on(here, seeds.current, _tell, finish=parsed.finish)
    print("\n".join(as_lines(turned)))
    return ExitCode.DONE


def _begin(here: Place, parsed: argparse.Namespace, seeds: Seeds, passphrase: str) -> None:
    from kiosk.commands.keys_new import recipients_in
    from kiosk.commands.passphrase import new_passphrase
    from kiosk.desk.keys import rotation
    from kiosk.desk.keys.derivation import new_seed, wrap
    from kiosk.desk.keys.public_file import SUITES
    from kiosk.desk.region import Region

    region = Region.read(here.desk_toml, seeds)
    region.must_deal()
    suite = SUITES[parsed.suite] if parsed.suite else region.recipients[0].suite
    others = region.recipients[1:] if parsed.recipients is None else recipients_in(parsed.recipients, suite)
    if any(each.suite != suite for each in others):
        raise UsageProblem("The other recipients' keys are of another kind: name new ones with --recipients.")
    if parsed.passphrase_file is None or parsed.new_passphrase_file is not None:
        passphrase = new_passphrase(parsed.new_passphrase_file, present=passphrase)
    newer = new_seed()
    rotation.begin(here, seeds.current, newer, wrap(newer, passphrase), suite, others)


def _tell(done: int, count: int) -> None:
    if sys.stderr.isatty():
        print(f"\rSealing again: {done} of {count}", end="\n" if done == count else "", file=sys.stderr, flush=True)


def as_lines(turned: Turned) -> Iterator[str]:
    """What was done, and what the operator has to do: stations, paper, backups."""
    records = turned.records
    yield f"Sealed to the new key: {records.again}. Sealed to it before: {records.before}."
    if records.unvouched:
        yield f"Left as they are, because no station of this region vouches for them: {records.unvouched}."
    if records.closed:
        yield f"Left as they are, because neither key opens them: {records.closed}."
    yield f"The new key lies in {turned.where}. It is on no paper yet: `kiosk keys backup`."
    if not turned.finished:
        yield "The old key is kept until every station seals to the new one. For each of these stations run"
        yield "`kiosk region --again --station LABEL FILE`, carry the file there, run `kiosk region --take FILE`:"
        yield f"  {', '.join(turned.waiting)}"
        yield "Bring their last records here first and afterwards; then `kiosk keys rotate --finish`. A station's older"
        yield "copies are replaced when it imports a file that `kiosk export --sealed` wrote here."
        return
    yield "The old key is destroyed on this machine. Copies made before today are not: whoever has an old backup of"
    yield "provider.key and its passphrase, or the old paper, can open old copies of summaries.db. Burn the old paper,"
    yield "and let the old backups go."
