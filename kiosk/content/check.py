"""Checking a loaded pack against its shape and against the rules that keep a visitor safe."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from kiosk.content.load import load
from kiosk.content.problems import Kind, PackProblem, shown
from kiosk.content.rules import rules
from schema.pack import Pack

_PLAIN_KINDS: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "dict_type": "a table",
    "tuple_type": "a list",
    "dataclass_type": "a table",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check."""

    pack: Pack | None
    """The pack, unless it could not even be built."""
    problems: tuple[PackProblem, ...]

    @property
    def usable(self) -> bool:
        """Whether a kiosk may run with it; an editor may still have work to do."""
        return self.pack is not None and not any(problem.stops for problem in self.problems)


@cache
def adapter() -> TypeAdapter[Pack]:
    """The validator of a whole pack, made once."""
    return TypeAdapter(Pack)


def check(folder: Path) -> Checked:
    """Read and check the pack in `folder`; never raises for what the pack holds."""
    data, problems = load(folder)
    if any(problem.stops for problem in problems):
        return Checked(None, tuple(problems))
    try:
        plain = json.dumps(data, allow_nan=False)
    except (TypeError, ValueError):
        problems.append(
            PackProblem(Kind.SHAPE, "pack.toml", "It has a date, a time or no-number; put dates in quotes.")
        )
        return Checked(None, tuple(problems))
    try:
        pack = adapter().validate_json(plain, strict=True)
    except ValidationError as faults:
        problems += [_problem(data, fault["type"], fault["loc"]) for fault in faults.errors(include_input=False)]
        return Checked(None, tuple(problems))
    problems += rules(pack, folder.name)
    return Checked(pack, tuple(problems))


def _problem(data: dict[str, Any], kind: str, where: tuple[int | str, ...]) -> PackProblem:
    name, inner = _place(data, where)
    key = shown(".".join(str(part) for part in inner) or name)
    if kind == "missing":
        return PackProblem(Kind.SHAPE, name, f"{key} is missing.")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return PackProblem(Kind.UNKNOWN_KEY, name, f"{key} is a key that packs do not have.")
    return PackProblem(Kind.SHAPE, name, f"{key} is not {_PLAIN_KINDS.get(kind, 'of the right kind')}.")


def _place(data: dict[str, Any], where: tuple[int | str, ...]) -> tuple[str, tuple[int | str, ...]]:
    """The nearest piece of content with an id, and the way on from there."""
    name, inner = "pack.toml", where
    value: Any = data
    for depth, part in enumerate(where):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            name, inner = shown(value["id"]).strip("'"), where[depth + 1 :]
    return name, inner
