"""The registry as TOML."""

from __future__ import annotations

from typing import Any, Final

from kiosk.directory.area import FLAGS, Area, Provider

FORMAT: Final = 1


def text(area: Area) -> str:
    """Return the registry as TOML, without what nobody has said."""
    import tomli_w

    providers = [_table(each) for each in area.providers]
    head = {"format": FORMAT, "code": area.code, "name": area.name, "pack": area.pack}
    return tomli_w.dumps(head | ({"providers": providers} if providers else {}))


def _table(provider: Provider) -> dict[str, Any]:
    agency = provider.agency
    table = {
        "code": agency.code,
        "label": agency.label,
        "telephone": agency.telephone,
        "hours": agency.hours,
        "counties": list(provider.counties),
        **{flag: getattr(provider, flag) for flag in FLAGS},
        "notes": provider.notes,
        "tags": list(provider.tags),
        "last_called": provider.last_called,
        "source": provider.source,
        "keys": [{"suite": int(each.suite), "public": each.public.hex()} for each in provider.keys],
    }
    return {name: value for name, value in table.items() if value not in ("", [], {}, None)}
