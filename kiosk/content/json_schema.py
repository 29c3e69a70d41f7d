"""The JSON Schema that `schema/pack.schema.json` publishes, for editors and other programs."""

from __future__ import annotations

from typing import Any

from kiosk.content.check import adapter


def schema() -> dict[str, Any]:
    """The schema of one file of a pack; `$defs.Pack` is the schema of the whole, once its files are joined."""
    made = adapter().json_schema()
    inner: dict[str, Any] = made.pop("$defs")
    whole = made
    part = {
        **whole["properties"],
        "include": {"type": "array", "items": {"type": "string", "pattern": r"^(shared/)?[a-z0-9][a-z0-9-]*\.toml$"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a content pack",
        "type": "object",
        "additionalProperties": False,
        "properties": part,
        "$defs": {**inner, "Pack": whole},
    }
