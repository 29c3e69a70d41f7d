"""Draws the pictures of README, of the content packs and of the whole way from the real pages.

`PYTHONPATH=. python docs/pictures/make.py`. Needs Pillow and rsvg-convert.
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
from kiosk.sitting.steps import HOME, SECTIONS, Step
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
WAYS = (("us-mo", "en"), ("us-or-multnomah", "es"))
"""Packs and languages of which the whole way is drawn, on one sheet each."""
WAY = (
    *map(Step, ("home", "leaving", "gate", "notice", "framing")),
    *(Step("question", each) for each in ("harm-family", "sleeping-place", "months-without-home")),
    *(Step("crossroads", each) for each in ("safe-now", "not-safe", "unsure", "yes")),
    Step("show-staff"),
    Step("crossroads", "pathway"),
    Step("crossroads", "plan-offer"),
    *map(Step, ("sections", "release", "review", "kept", "closing", "home")),
)
"""The pages of a way, in their order; the last is what anybody sees after it."""
_ACROSS = 3
"""Pictures beside each other on a sheet."""
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


async def drawn(picture: Picture, language: str = "en") -> Image.Image:
    """Draw one page at 80 by 24."""
    app = SittingApp(snapshot(name=picture.pack, language=language))
    app.sitting.flow.step = picture.step
    app.sitting.visit.opens = picture.opens
    app.sitting.keeper.number, app.sitting.keeper.phrase = 1234567, "apple river stone"
    app.theme = "calm"
    app.title = ""
    async with app.run_test(size=(80, 24)) as pilot:
        for key in picture.keys:
            await pilot.press(key)
        await pilot.pause(0.3)
        svg = App.export_screenshot(app)
    done = subprocess.run(["rsvg-convert", "-w", str(_WIDTH)], input=svg.encode(), check=True, capture_output=True)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def saved(image: Image.Image, name: str) -> None:
    """Save a picture with few colours."""
    few = image.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(Path(__file__).with_name(f"{name}.png"), optimize=True)


def sheet(pack_name: str, language: str) -> Image.Image:
    """Lay the pages of the whole way side by side, from left to right."""
    pages = [asyncio.run(drawn(Picture(step.page, pack_name, step), language)) for step in WAY]
    wide, high = pages[0].size
    rows = -(-len(pages) // _ACROSS)
    laid = Image.new("RGB", (wide * _ACROSS, high * rows), "white")
    for place, page in enumerate(pages):
        laid.paste(page, (place % _ACROSS * wide, place // _ACROSS * high))
    return laid


def main() -> None:
    """Draw all of them."""
    for picture in pictures():
        saved(asyncio.run(drawn(picture)), picture.name)
    for name, language in WAYS:
        saved(sheet(name, language), f"way-{name}-{language}")


if __name__ == "__main__":
    main()
