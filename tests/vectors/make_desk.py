"""Makes `desk.json`: what the desk's sealed files were, byte for byte, when their formats were fixed.

    python -m tests.vectors.make_desk

Made with the random bytes of `dealt`, so that the same code makes the same bytes. Not to be made anew for a change of
code: a file that this page does not give any more is a file that a provider cannot open. What ends in `.1` is of an
older format, which is read and not written any more.
"""

from __future__ import annotations

import itertools
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from kiosk.desk.keys.derivation import Cost, recipient, wrap
from kiosk.desk.keys.rotation_file import Rotation
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records import seen_marks
from kiosk.desk.region import Region
from kiosk.desk.reporting.published import Ledger
from kiosk.paths import Place

PATH = Path(__file__).with_name("desk.json")
OLDER = bytes(range(32))
NEWER = bytes(reversed(range(32)))
PASSPHRASE = "six made up words of mine"
STANDING = ((10_000_005, b"an inside"), (12_345_674, b"another inside"))
WRAPPED = bytes(90)


@contextmanager
def dealt() -> Iterator[None]:
    """Bytes that are dealt in order where the code asks for random ones."""
    counter = itertools.count()
    with (
        patch.object(os, "urandom", lambda size: bytes(next(counter) % 251 for _ in range(size))),
        patch.object(zlib, "compress", partial(zlib.compress, level=0)),  # builds of zlib choose differently above
    ):
        yield


def region() -> Region:
    """A made-up region of two stations."""
    return Region.new("MO-606", OLDER).deal("front", Seeds(OLDER))[0].deal("back", Seeds(OLDER))[0]


def rotation() -> Rotation:
    """A made-up rotation under way."""
    return Rotation(OLDER, NEWER, (recipient(NEWER),), WRAPPED, True)


def _of(write: Callable[[Path], None], name: str) -> str:
    with TemporaryDirectory() as folder, dealt():
        write(Path(folder))
        return (Path(folder) / name).read_bytes().hex()


def made() -> dict[str, str]:
    """Every sealed file of the desk by its name, in hex."""
    with dealt():
        blob = wrap(OLDER, PASSPHRASE, Cost(64, 1, 1)).hex()
    return {
        "provider.key": blob,
        "desk.toml": _of(lambda folder: region().write(folder / "desk.toml", OLDER), "desk.toml"),
        "rotation.key": _of(lambda folder: rotation().write(Place(folder)), "rotation.key"),
        "desk.seen": _of(lambda folder: seen_marks.keep(folder, OLDER, STANDING), "desk.seen"),
        "published.ledger": _of(lambda folder: Ledger().write(folder / "published.ledger", OLDER), "published.ledger"),
    }


if __name__ == "__main__":
    older = {name: data for name, data in json.loads(PATH.read_text()).items() if name.endswith(".1")}
    PATH.write_text(json.dumps(made() | older, indent=1) + "\n")
