"""The parser of the command line."""

from __future__ import annotations

import argparse


class Parser(argparse.ArgumentParser):
    """A parser that takes no shortened options."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**{**settings, "allow_abbrev": False})  # type: ignore[arg-type]
