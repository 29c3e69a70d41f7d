"""Keys of a keyboard as QEMU names them, from the bytes that a terminal's test sends."""

from __future__ import annotations

from tests.terminal.keyboard import LEGACY

PLAIN = {
    " ": "spc",
    ".": "dot",
    ",": "comma",
    "-": "minus",
    "\r": "ret",
    "\t": "tab",
    "\x1b": "esc",
    "\x7f": "backspace",
}
NAMED = {value.decode(): name for name, value in LEGACY.items() if name.startswith("f") or name in ("up", "down")}


def codes(text: str) -> list[tuple[str, ...]]:
    """The keys, each with what is held down before it, that type `text` on a US keyboard."""
    found: list[tuple[str, ...]] = []
    while text:
        sequence = next((each for each in NAMED if text.startswith(each)), "")
        letter = text[0]
        if sequence:
            found.append((NAMED[sequence],))
        elif letter in PLAIN:
            found.append((PLAIN[letter],))
        elif letter.isupper():
            found.append(("shift", letter.lower()))
        else:
            found.append((letter,))
        text = text[len(sequence) or 1 :]
    return found
