"""Whether this installation can speak to PostgreSQL at all."""

from __future__ import annotations

from importlib.util import find_spec

from kiosk.errors import KioskError


class NoDriver(KioskError):
    """The driver of PostgreSQL is not installed."""

    hint = (
        "In the folder of the kiosk's source: `make region`, or on a station "
        "`/opt/kiosk/bin/pip install --require-hashes -r pins/region.txt`."
    )


def check() -> None:
    """Raises NoDriver."""
    if find_spec("psycopg") is None:
        raise NoDriver("The driver of PostgreSQL is not installed here.")
