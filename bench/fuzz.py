"""`make fuzz`: many seeded streams of noise against one real kiosk; every visitor after them must be served.

    python bench/fuzz.py --streams 500 --seed 7
    python bench/fuzz.py --seconds 60 recogniser     (a target of tests/fuzz/targets.py, with atheris)

Prints the seed first, so that a finding can be had again. It ends with 1 on the first stream after which the kiosk is
gone, no longer answers, has written a file, or has shown its terminal a byte that is not allowed.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.terminal.console import Console, environment  # noqa: E402  # tests are no package of the product
from tests.terminal.noise import stream  # noqa: E402
from tests.terminal.way import awake, go, leave, routes, served  # noqa: E402

PAGES = ("home", "county list", "leaving", "gate", "first question", "section", "own line", "sections", "review")
IN_A_ROW = 40
"""Streams at one page before a look whether the next visitor is served."""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Throw noise at a kiosk.")
    parser.add_argument("target", nargs="?", help="a target of tests/fuzz/targets.py, instead of a whole kiosk")
    parser.add_argument("--seconds", type=int, default=60, help="how long a target is tried")
    parser.add_argument("--streams", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after so long, saying how far it came")
    return parser.parse_args()


@contextlib.contextmanager
def kiosk() -> Iterator[Console]:
    """Set a kiosk up in a folder of its own, and start it."""
    with tempfile.TemporaryDirectory(prefix="kiosk-fuzz-") as name:
        folder = Path(name)
        passphrase = folder / "passphrase"
        passphrase.write_text("seven made up words for a test\n")
        passphrase.chmod(0o600)
        command = [sys.executable, "-m", "kiosk", "setup", "--yes", "--passphrase-file", str(passphrase)]
        command += [
            "--pack",
            "us-mo",
            "--station",
            "FUZZ",
            "--language",
            "en",
            "--role",
            "advocate",
            "--agency",
            "HARBOR",
            "--agency-kind",
            "shelter",
        ]
        subprocess.run(
            [*command, "--allow-recorder"],
            env=environment(folder / "kiosk"),
            cwd=folder,
            check=True,
            capture_output=True,
        )
        console = Console(folder / "kiosk")
        try:
            awake(console)
            yield console
        finally:
            console.close()


def files(console: Console) -> set[Path]:
    return set(console.home.parent.rglob("*"))


def round_of(console: Console, seeds: range, chance: random.Random) -> None:
    """Walk to a page, send the streams, and see that the next visitor is served."""
    canary = f"{chance.getrandbits(64):016x}"
    go(console, routes(canary)[chance.choice(PAGES)])
    for seed in seeds:
        console.send(stream(seed))
        console.taken()
        if console.process.poll() is not None:
            raise AssertionError(f"the kiosk ended by stream {seed}")
    leave(console)
    assert canary not in console.screen_text() + console.history_text()
    console.check_grammar()
    console.forget()


def main() -> int:
    told = options()
    if told.target:
        from fuzz_target import run

        run(told.target, told.seconds)
    print(f"seed {told.seed}, {told.streams} streams", flush=True)
    chance = random.Random(told.seed)
    begun = time.monotonic()
    done = 0
    with kiosk() as console:
        before = files(console)
        while done < told.streams and time.monotonic() - begun < told.minutes * 60:
            seeds = range(told.seed + done, told.seed + min(done + IN_A_ROW, told.streams))
            try:
                round_of(console, seeds, chance)
                assert files(console) == before
            except AssertionError as found:
                print(f"streams {seeds.start} to {seeds.stop - 1}: {found}")
                return 1
            done += len(seeds)
            print(f"{done} streams, {time.monotonic() - begun:.0f} s", flush=True)
        served(console)
        kept = console.kept()
    print(f"{done} of {told.streams} streams, no visitor lost; records kept by noise: {len(kept)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
