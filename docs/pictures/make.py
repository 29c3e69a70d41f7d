"""Draws the pictures of README and of the content packs from the real pages: `python docs/pictures/make.py`.

Needs rsvg-convert.
"""

from __future__ import annotations

import asyncio
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from textual.app import App

from kiosk.sitting.app import SittingApp
from kiosk.sitting.flow import HOME, SECTIONS, Step
from tests.kit import pack, snapshot

_WIDTH = 640
"""Pixels; a page of 80 letters can still be read."""
_COLOURS = 32

ASKED = {
    "us-mo": "harm-stalking",
    "us-ca-county": "harm-family",
    "us-or-multnomah": "harm-dating",
    "gb-safelives": "sleeping-place",
    "gb-oxfordshire": "who-with",
}
PLANNED = {
    "us-mo": "a-place-to-go",
    "us-ca-county": "supports",
    "us-or-multnomah": "if-i-stay",
    "gb-safelives": "bag",
    "gb-oxfordshire": "while-i-stay",
}


class Picture(NamedTuple):
    """A file's name without its ending, the page in it, and what was pressed there."""

    name: str
    pack: str
    step: Step
    keys: tuple[str, ...] = ()
    opens: str | None = None


def pictures() -> Iterator[Picture]:
    """Yield every picture that the documents show."""
    need = next(each.id for each in pack().questions if each.part == "need")
    yield Picture("home", "us-mo", HOME)
    yield Picture("question", "us-mo", Step("question", need), ("down", "down"))
    yield Picture("review", "us-mo", Step("review"))
    for name, asked in ASKED.items():
        yield Picture(f"{name}-question", name, Step("question", asked))
        yield Picture(f"{name}-plan", name, SECTIONS, opens=PLANNED[name])


async def draw(picture: Picture) -> None:
    """Draw one page at 80 by 24."""
    app = SittingApp(snapshot(name=picture.pack))
    app.flow.step = picture.step
    app.visit.opens = picture.opens
    app.theme = "calm"
    app.title = ""
    async with app.run_test(size=(80, 24)) as pilot:
        for key in picture.keys:
            await pilot.press(key)
        await pilot.pause(0.3)
        svg = App.export_screenshot(app)
    drawn = subprocess.run(["rsvg-convert", "-w", str(_WIDTH)], input=svg.encode(), check=True, capture_output=True)
    few = Image.open(io.BytesIO(drawn.stdout)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(Path(__file__).with_name(f"{picture.name}.png"), optimize=True)


def main() -> None:
    """Draw all of them."""
    for picture in pictures():
        asyncio.run(draw(picture))


if __name__ == "__main__":
    main()
