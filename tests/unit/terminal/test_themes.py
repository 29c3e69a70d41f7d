"""The three looks: which terminal gets which, and that each can be read."""

from __future__ import annotations

import pytest
from textual.color import Color

from kiosk.terminal.themes import BASIC, CALM, CONTRAST, THEMES, choose


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"TERM": "linux"}, "basic"),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, "basic"),
        ({"TERM": "xterm-256color"}, "calm"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "calm"),
        ({"TERM": "xterm-kitty"}, "calm"),
        ({"TERM": "xterm"}, "basic"),
        ({"TERM": "vt100"}, "basic"),
        ({}, "basic"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "basic"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "calm"),
    ],
)
def test_each_terminal_gets_what_it_can_show(environment: dict[str, str], name: str) -> None:
    """TERM, COLORTERM and NO_COLOR decide; an empty NO_COLOR is none (no-color.org)."""
    assert choose(environment) == name


@pytest.mark.parametrize("theme", [CALM, CONTRAST], ids=lambda theme: theme.name)
def test_every_text_can_be_read(theme: object) -> None:
    """WCAG 1.4.6: 7 to 1 between each colour of text and each ground."""
    for text in ("foreground", "primary", "secondary", "accent", "warning", "error", "success"):
        for ground in ("background", "surface"):
            letters, paper = (Color.parse(getattr(theme, part)) for part in (text, ground))
            assert _ratio(letters, paper) >= 7, (text, ground)


def _ratio(one: Color, other: Color) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_basic_one_is_basic() -> None:
    """The Linux console has eight colours and no bright grounds."""
    words = [value for value in vars(BASIC).values() if isinstance(value, str)] + [*BASIC.variables.values()]
    assert not [word for word in words if "bright" in word or word.startswith("#")]
    assert BASIC.ansi


def test_names_are_their_own() -> None:
    """Three themes, three names."""
    assert len({theme.name for theme in THEMES}) == 3
