"""What can be seen: letters, fields and the focus of every page, in every theme and size; no choice under a fold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.widgets import Input

from kiosk.sitting.steps import Step
from kiosk.terminal import themes
from tests.kit import pack
from tests.screens.sitting.stage import Seat, seat

SIZES = ((80, 24), (40, 20), (120, 40))
LOOKS = {
    "calm": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "contrast": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "basic": {"TERM": "linux"},
    "no colour": {"TERM": "linux", "NO_COLOR": "1"},
}
CONSOLE = TerminalTheme(
    (0, 0, 0),
    (170, 170, 170),
    [
        *(
            (0, 0, 0),
            (170, 0, 0),
            (0, 170, 0),
            (170, 85, 0),
            (0, 0, 170),
            (170, 0, 170),
            (0, 170, 170),
            (170, 170, 170),
        ),
    ],
)
"""The eight base colours as a Linux console shows them."""
LOOKED_AT_AS = {"calm": (120, 40), "contrast": (80, 24), "basic": (80, 24), "no colour": (40, 20)}
"""The size at which each look is looked at: how a page is coloured does not follow its size."""
LETTERS, FIELDS = 4.5, 3.0
"""WCAG 1.4.3 and 1.4.11: least contrast of a letter with its ground, and of a field with the page around it."""
MADE = pack("practice")
PAGES = {
    **{page: Step(page) for page in ("home", "leaving", "gate", "before", "notice", "framing", "call", "sections")},
    **{page: Step(page) for page in ("take", "release", "review", "kept", "answers", "show-staff", "closing")},
    **{each.id: Step("crossroads", each.id) for each in MADE.crossroads},
    **{each: Step("question", each) for each in ("harm-family", "sleeping-place", "months-without-home")},
}


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(style: Style | None, look: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return how a cell's letter and ground come out on the glass; with no colour allowed, the terminal's own two."""
    plain = CONSOLE.foreground_color, CONSOLE.background_color
    letter, ground = (
        plain
        if style is None or look == "no colour"
        else (_true(style.color, plain[0], foreground=True), _true(style.bgcolor, plain[1], foreground=False))
    )
    return (ground, letter) if style is not None and style.reverse else (letter, ground)


def _true(colour: RichColor | None, default: tuple[int, int, int], *, foreground: bool) -> tuple[int, int, int]:
    if colour is None or colour.is_default:
        return default
    red, green, blue = colour.get_truecolor(CONSOLE, foreground=foreground)
    return red, green, blue


def cells(at: Seat) -> Iterator[tuple[int, int, str, Style | None]]:
    """Yield row, column, letter and style of every cell."""
    for row, strip in enumerate(at.app.screen._compositor.render_strips()):
        column = 0
        for segment in strip:
            for letter in segment.text:
                yield row, column, letter, segment.style
                column += 1


async def shown(at: Seat, step: Step) -> None:
    """Put a page on the screen."""
    before = at.shown
    at.app.sitting.keeper.number, at.app.sitting.keeper.phrase = 1234567, "apple river stone"
    at.app.sitting.flow.step = step
    before.leave_with("again")
    for _ in range(300):
        await at.pilot.pause(0.01)
        if at.app.screen is not before and at.app.screen.query("#ways") and at.text.strip():
            await at.pilot.pause(0.15)
            return
    raise AssertionError(f"{step} never came")


@pytest.mark.parametrize("look", LOOKS)
async def test_letters_fields_and_focus_are_seen(look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every letter at 4.5:1, every field at 3:1, and what has the focus told by more than a colour."""
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in LOOKS[look].items():
        monkeypatch.setenv(name, value)
    size = LOOKED_AT_AS[look]
    async with seat(size=size, name="practice", practice=True) as at:
        at.app.theme = themes.BASIC.name if look in ("basic", "no colour") else look
        for page, step in PAGES.items():
            await shown(at, step)
            glass = {(row, column): (letter, style) for row, column, letter, style in cells(at)}
            styles = {style for letter, style in glass.values() if letter.strip()}
            poor = {style for style in styles if contrast(*colours(style, look)) < LETTERS}
            assert not poor, (page, look, [letter for letter, style in glass.values() if style in poor][:30])
            grounds = {place: colours(style, look)[1] for place, (_, style) in glass.items()}
            for field in at.app.screen.query(Input):
                region = field.region
                if region.height and 0 <= region.y < size[1]:
                    assert contrast(grounds[region.y, region.right - 2], grounds[region.y, 0]) >= FIELDS, (page, look)
            focused = at.app.screen.focused
            assert focused is not None, page
            there = [place for place in glass if focused.region.contains(place[1], place[0])]
            assert there, (page, "what has the focus is out of sight")
            reversed_there = any(style is not None and style.reverse for style in (glass[each][1] for each in there))
            on_other_grounds = any(contrast(grounds[each], grounds[2, 0]) >= FIELDS for each in there)
            assert reversed_there or on_other_grounds, (page, look, focused)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_choice_below_the_fold_is_announced(size: tuple[int, int]) -> None:
    """What does not fit says "more below", and arrows bring each choice into sight before Enter takes it."""
    async with seat(size=size, name="practice") as at:
        for page, step in PAGES.items():
            if page in ("home", "before"):
                continue
            await shown(at, step)
            offers = list(at.shown.page.offers())
            hidden = [offer for offer in offers if " ".join(offer.label.split())[:12] not in at.words]
            if hidden:
                assert "more below" in at.words, page
                await at.press(*at.shown.page.keys().shown[-1])
                assert " ".join(offers[-1].label.split())[:12] in at.words, page


async def test_the_cursor_follows_the_focus() -> None:
    """A braille line shows where the terminal's cursor is: at the choice, the button or the line that has the focus."""
    async with seat(Step("question", MADE.questions[0].id), name="practice", size=(80, 24)) as at:
        await at.press("down", "down")
        row = next(row for row, line in enumerate(at.text.splitlines()) if "(x)" in line)
        assert at.app.cursor_position.y == row
        await at.press("tab")
        assert at.app.screen.focused is not None
        assert at.app.cursor_position == at.app.screen.focused.region.offset


@pytest.mark.parametrize("size", [(40, 20), (40, 14)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_enter_passes_over_no_choice_that_was_not_on_the_glass(size: tuple[int, int]) -> None:
    """A page that does not fit is read in parts: Enter shows the next one, and says so, until each choice was seen."""
    parted = set()
    async with seat(size=size, name="practice") as at:
        for page, step in PAGES.items():
            if page in ("home", "before"):
                continue
            await shown(at, step)
            here, seen = at.shown, at.words
            if not here.page.offers() or here.page.ticks or here.page.chosen is not None or not here.page.read_first:
                continue
            for _ in range(12):
                if not here.unread:
                    break
                assert "Read on" in at.words, page
                parted.add(page)
                await at.press("enter")
                assert at.shown is here, page
                seen += at.words
            assert "Read on" not in at.words, page
            assert not [offer.label for offer in here.page.offers() if offer.label.split()[0] not in seen], page
    assert parted
