"""The parser of the command line."""

from __future__ import annotations

import argparse


class Parser(argparse.ArgumentParser):
    """A parser that takes no shortened options."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**{**settings, "allow_abbrev": False})  # type: ignore[arg-type]


def sentence(text: str) -> str:
    """A command's short help as the beginning of its description; what it abbreviates keeps its capitals."""
    return text[:1].upper() + text[1:]
