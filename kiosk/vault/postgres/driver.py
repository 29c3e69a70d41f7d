"""Whether this installation can speak to PostgreSQL at all."""

from __future__ import annotations

from importlib.util import find_spec

from kiosk.errors import KioskError


class NoDriver(KioskError):
    """The driver of PostgreSQL is not installed."""

    hint = "Install it beside the kiosk: `pip install 'kiosk[region]'`."


def check() -> None:
    """Raises NoDriver."""
    if find_spec("psycopg") is None:
        raise NoDriver("The driver of PostgreSQL is not installed here.")
