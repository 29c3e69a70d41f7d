"""Draws the pictures of README from the real pages: `python docs/pictures/make.py` (needs rsvg-convert)."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

from textual.app import App

from kiosk.sitting.app import SittingApp
from kiosk.sitting.flow import HOME, Step
from tests.kit import pack, snapshot

PICTURES = {
    "home": (HOME, ()),
    "question": (Step("question", next(each.id for each in pack().questions if each.part == "need")), ("down", "down")),
    "review": (Step("review"), ()),
}


async def draw(name: str, step: Step, keys: tuple[str, ...]) -> None:
    """Draw one page at 80 by 24."""
    app = SittingApp(snapshot())
    app.flow.step = step
    app.theme = "calm"
    app.title = ""
    async with app.run_test(size=(80, 24)) as pilot:
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.3)
        svg = App.export_screenshot(app)
    target = Path(__file__).with_name(f"{name}.png")
    subprocess.run(["rsvg-convert", "-w", "900", "-o", str(target)], input=svg.encode(), check=True)


def main() -> None:
    """Draw all of them."""
    for name, (step, keys) in PICTURES.items():
        asyncio.run(draw(name, step, keys))


if __name__ == "__main__":
    main()
