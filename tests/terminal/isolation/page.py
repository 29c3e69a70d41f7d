"""`python -m tests.terminal.isolation.page`: write the table of `docs/isolation.md` anew, as this kernel answers."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from kiosk.jail.profile import Profile
from tests.terminal.isolation.attempts import ALWAYS, ATTEMPTS
from tests.terminal.isolation.forked import WALLS, only, role, tried, without
from tests.terminal.isolation.world import made

PAGE = Path(__file__).resolve().parents[3] / "docs" / "isolation.md"
ROLES = {
    Profile.VISITOR: "sitting",
    Profile.WORKER: "desk's worker",
    Profile.CLERK: "clerk",
    Profile.REGION_CLERK: "region's clerk",
    Profile.LOCAL_REGION_CLERK: "local region's clerk",
    Profile.SPEECH: "voice",
    Profile.DESK: "desk and set-up",
    Profile.REGION_DESK: "region's desk",
    Profile.MEETING: "meeting",
}
assert len(ROLES) == len(Profile), "two profiles with the same powers are one"
HEAD = "| attempt | refused to a sitting, by each of these alone | who may |"


def measured() -> dict[str, dict[str, str]]:
    """How each attempt ends: behind nothing, each wall alone, all but one, and as each of the kiosk's processes."""
    ways = {"nothing": only()} | {wall: only(wall) for wall in WALLS}
    ways |= {f"no {wall}": without(wall) for wall in ("landlock", "seccomp", "network")}
    ways |= {told: role(profile.name) for profile, told in ROLES.items()}
    ways |= {name: role(name) for name in ("SUPERVISOR", "PRINTER'S HELPER")}
    with tempfile.TemporaryDirectory() as folder, made(Path(folder)) as world:
        return {
            name: {way: tried(walls, action, world) for way, walls in ways.items()}
            for name, action in (ATTEMPTS | ALWAYS).items()
        }


def who_may(found: dict[str, str]) -> list[str]:
    """The processes for which an attempt worked."""
    return [told for told in ROLES.values() if found[told] == "done"]


def line(name: str, walls: dict[str, str], may: list[str]) -> str:
    """One row."""
    return f"| {name} | {', '.join(f'{wall} ({error})' for wall, error in walls.items())} | {', '.join(may)} |"


def written() -> dict[str, tuple[dict[str, str], list[str]]]:
    """The table as the page has it."""
    rows = PAGE.read_text().partition(HEAD)[2].partition("\n\n")[0].splitlines()[2:]
    found = {}
    for row in rows:
        name, walls, may = (cell.strip() for cell in row.strip("|").split("|"))
        pairs = (each.rstrip(")").rsplit(" (", 1) for each in walls.split(", ") if each)
        found[name] = (dict(pairs), [each for each in may.split(", ") if each])
    return found


def main() -> None:
    """Put what is measured in the place of the table; with `--json`, only say it."""
    found = measured()
    if sys.argv[1:] == ["--json"]:
        print(json.dumps(found))
        return
    before, head, rest = PAGE.read_text().partition(HEAD)
    rows = [
        line(name, {wall: found[name][wall] for wall in WALLS if found[name][wall] != found[name]["nothing"]}, may)
        for name in ATTEMPTS
        for may in (who_may(found[name]),)
    ]
    PAGE.write_text("\n".join([before + head, "|---|---|---|", *rows]) + "\n\n" + rest.partition("\n\n")[2])


if __name__ == "__main__":
    main()
