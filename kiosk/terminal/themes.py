"""Three looks for three kinds of terminal: calm colours, high contrast, and the eight that every console has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

CALM: Final = Theme(
    name="calm",
    primary="#8abcdf",
    secondary="#9dbfa6",
    accent="#e6c07b",
    warning="#e6c07b",
    error="#e39a93",
    success="#9dbfa6",
    foreground="#e8e6e1",
    background="#15191d",
    surface="#1d2328",
    panel="#283038",
    dark=True,
    variables={
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#e6c07b",
        "field-background": "#60676e",
        "field-foreground": "#ffffff",
    },
)
"""Dark, low in glare, every text at 4.5 to 1 or better on its ground and every field at 3 to 1 on the page (WCAG 1.4.3,
1.4.11); needs 24-bit or 256 colours.
"""

CONTRAST: Final = Theme(
    name="contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffffff",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    text_alpha=1.0,
    variables={
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffff00",
        "block-cursor-text-style": "bold",
        "border": "#ffffff",
        "border-blurred": "#ffffff",
        "footer-key-foreground": "#ffff00",
        "field-background": "#ffffff",
        "field-foreground": "#000000",
    },
)
"""White and yellow on black."""

BASIC: Final = Theme(
    name="basic",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_white",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_white",
    background="ansi_black",
    surface="ansi_black",
    panel="ansi_black",
    boost="ansi_black",
    dark=True,
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border": "ansi_white",
        "border-blurred": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "block-cursor-text-style": "bold",
        "block-hover-background": "ansi_black",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "footer-key-foreground": "ansi_yellow",
        "field-background": "ansi_white",
        "field-foreground": "ansi_black",
    },
)
"""The eight base colours, none of them bright: the Linux console shows no bright backgrounds."""

THEMES: Final = (CALM, CONTRAST, BASIC)
"""All of them."""

_FEW_COLORS: Final = ("linux", "vt", "ansi", "cons", "dumb", "screen.linux")


def choose(environment: Mapping[str, str]) -> str:
    """Return the name of the theme that fits the terminal named by TERM, COLORTERM and NO_COLOR.

    Where colour is refused (no-color.org) or scarce, the eight base colours serve: they stay readable without any.
    """
    term = environment.get("TERM", "")
    if environment.get("NO_COLOR") or not term or term.startswith(_FEW_COLORS):
        return BASIC.name
    if environment.get("COLORTERM") in ("truecolor", "24bit") or "256color" in term or "direct" in term:
        return CALM.name
    return CALM.name if term.startswith(("xterm-kitty", "alacritty", "foot")) else BASIC.name
