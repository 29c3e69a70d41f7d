"""A whole small pack, as plain data that a test may break, and as a folder that the program may read."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.content.files import BUILT_IN
from kiosk.content.load import load

Change = Callable[[dict[str, Any]], None]
Writer = Callable[..., Path]


@cache
def _practice() -> dict[str, Any]:
    data, problems = load(BUILT_IN / "practice")
    assert not problems
    return data


def toml(value: Any) -> str:
    """Write a value as TOML, lists over several lines outside tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"{toml(item)},\n" for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def written(data: dict[str, Any]) -> str:
    """Write a whole pack as one file: plain keys first, then tables, then lists of tables."""
    plain, tables, lists = [], [], []
    for key, value in data.items():
        if isinstance(value, dict):
            tables += [f"[{key}]", *(f"{json.dumps(name)} = {toml(item)}" for name, item in value.items())]
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for item in value:
                lists += [f"[[{key}]]", *(f"{json.dumps(name)} = {toml(inner)}" for name, inner in item.items())]
        else:
            plain.append(f"{json.dumps(key)} = {toml(value)}")
    return "\n".join([*plain, *tables, *lists]) + "\n"


@pytest.fixture
def data() -> dict[str, Any]:
    """The practice pack as plain data, to be changed at will."""
    return copy.deepcopy(_practice())


@pytest.fixture
def folder(tmp_path: Path, data: dict[str, Any]) -> Writer:
    """A function that writes the pack, after a change to it, and returns its folder."""

    def write(change: Change | None = None, *, text: str | None = None) -> Path:
        if change is not None:
            change(data)
        place = tmp_path / "practice"
        place.mkdir(exist_ok=True)
        (place / "pack.toml").write_text(written(data) if text is None else text, encoding="utf-8")
        return place

    return write
