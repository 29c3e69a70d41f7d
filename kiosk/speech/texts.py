"""Every text of a pack by its number: what a sitting asks to have read is a number, and can be nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from schema.pack import Pack, Text


def numbered(pack: Pack) -> tuple[Text, ...]:
    """Return the pack's texts, and after them each service with its telephone number; both processes count alike."""
    return (*_within(pack), *map(dict, _services(pack)))


def service(label: str, phone: str, does: str) -> str:
    """Return a service as one line, the way it is read."""
    return f"{label}: {phone}. {does}"


def _services(pack: Pack) -> Iterator[dict[str, str]]:
    for each in pack.resources:
        yield {code: service(label, each.phone or "", each.does.get(code, "")) for code, label in each.label.items()}


def _within(value: Any) -> Iterator[Text]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
    elif isinstance(value, dict) and value and all(isinstance(each, str) for each in value.values()):
        yield value
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _within(each)
