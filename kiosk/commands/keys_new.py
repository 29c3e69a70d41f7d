"""`kiosk keys new`: a desk without a kiosk: a provider's key, an empty list, a region without stations."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import CODE
from kiosk.errors import ExitCode, KioskError, Refused, UsageProblem

if TYPE_CHECKING:
    from kiosk.paths import Place
    from kiosk.seal.record import Recipient


class KeyThere(Refused):
    """There is a provider's key on this machine."""

    hint = "`kiosk keys rotate` puts a new key in its place; KIOSK_HOME can name another folder."


def run(parsed: argparse.Namespace) -> int:
    """Make the desk, all of it or nothing, and say what to do next."""
    from kiosk.commands.passphrase import new_passphrase
    from kiosk.desk.keys.public_file import SUITES
    from kiosk.desk.keys.spoken_check import of_key
    from kiosk.paths import place
    from kiosk.setup.folder import prepare

    if CODE.fullmatch(parsed.region) is None:
        raise UsageProblem("A region's code has 2 to 12 capital letters, digits and hyphens.")
    here = place()
    if here.desk_toml.exists() or here.provider_key.exists():
        raise KeyThere("There is a provider's key on this machine.")
    prepare(here)
    suite = SUITES[parsed.suite]
    others = recipients_in(parsed.recipients or (), suite)
    where, own = _make(here, parsed.region, suite, others, new_passphrase(parsed.passphrase_file))
    print(f"The provider's key is made and lies in {where}. Fingerprint: {of_key(own)}")
    print("Next: `kiosk keys backup` puts it on paper; `kiosk region --station LABEL FILE` makes a station's file.")
    return ExitCode.DONE


def recipients_in(files: Sequence[Path], suite: int) -> tuple[Recipient, ...]:
    """The public keys in `files`. Raises UsageProblem when there are too many, one twice, or one of another suite."""
    from kiosk.desk.keys.public_file import read, suite_name
    from kiosk.seal.sealed import SLOTS

    found = tuple(read(file) for file in files)
    if len(found) >= SLOTS or len(set(found)) < len(found):
        raise UsageProblem("A record has room for the provider's key and three others, each once.")
    if any(each.suite != suite for each in found):
        raise UsageProblem(f"All keys of a record are of one kind, and here that is {suite_name(suite)}.")
    return found


def _make(here: Place, code: str, suite: int, others: tuple[Recipient, ...], passphrase: str) -> tuple[str, Recipient]:
    from kiosk.desk.keys.derivation import new_seed, recipient, wrap
    from kiosk.desk.keys.storage import KeyringStore, keep
    from kiosk.desk.region import Region
    from kiosk.setup.folder import coming
    from kiosk.vault import migrations

    seed, keyring, where = new_seed(), KeyringStore(here.home), ""
    blob = wrap(seed, passphrase)
    try:
        with coming(here) as new:
            Region.new(code, seed, suite=suite, others=others).write(new.desk_toml, seed)
            new.run.mkdir(mode=0o700)
            migrations.create(new.summaries)
            where = keep(new, blob, keyring=keyring)
    except BaseException:
        if where == keyring.where:
            with suppress(KioskError):
                keyring.delete()
        raise
    return where, recipient(seed, suite)
