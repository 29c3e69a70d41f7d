"""The JSON Schema beside the shapes is the one that the shapes make."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import schema.pack
from kiosk.content.json_schema import schema as made
from schema.pack import Pack

PUBLISHED = Path(schema.pack.__file__).with_name("pack.schema.json")


def test_published_schema_is_current() -> None:
    """`kiosk pack schema > schema/pack.schema.json` would change nothing."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == made()


def test_it_describes_every_field() -> None:
    """An editor shows what a field is for, and refuses keys that there are not."""
    published = made()
    assert set(published["properties"]) == {field.name for field in fields(Pack)} | {"include"}
    for name, shape in published["$defs"].items():
        assert shape["additionalProperties"] is False, name
    assert published["$defs"]["Line"]["properties"]["caution"]["description"]
