"""Walking through every text of a pack, with the name of the piece that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from schema.pack import Line, Pack, Section, Sourced, Text

PIECES = ("pages", "crossroads", "questions", "sections", "resources", "person_words", "helpers", "staff")
"""The fields of a pack that hold pieces with ids."""


def pieces(pack: Pack) -> Iterator[Sourced]:
    """Every piece of the pack, a section ahead of its lines."""
    for name in PIECES:
        for piece in getattr(pack, name):
            yield piece
            if isinstance(piece, Section):
                yield from piece.lines


def texts(pack: Pack) -> Iterator[tuple[str, str, Text]]:
    """Every language-keyed text as (id, field, text): pieces first, then the words by key."""
    yield "pack", "title", pack.title
    for piece in pieces(pack):
        for field, text in texts_of(piece):
            yield piece.id, field, text
    for key, text in pack.words.items():
        yield f"words.{key}", "word", text


def texts_of(piece: Any) -> Iterator[tuple[str, Text]]:
    """The texts of one piece and of what it holds, in the order of its fields; lines of a section not among them."""
    for field in fields(piece):
        yield from _within(getattr(piece, field.name), field.name)


def _within(value: Any, name: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, tuple):
        for item in value:
            yield from _within(item, name)
    elif isinstance(value, dict):
        if value and all(isinstance(item, str) for item in value.values()):
            yield name, value
        else:
            for item in value.values():
                yield from _within(item, name)
    elif is_dataclass(value) and not isinstance(value, Line):
        yield from texts_of(value)
