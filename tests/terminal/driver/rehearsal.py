"""A small app on a real driver: two fields, a text area, a button, and keys that plant a fault. For the driver's tests.

It tells what it holds by one JSON line on descriptor 6 whenever Ctrl+T is pressed; Ctrl+R empties it.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import sys
import threading
import warnings

from kiosk.terminal.control import Control
from kiosk.terminal.process import begin, fall_silent

control: Control | None = None
if "--jailed" in sys.argv:
    from kiosk.jail import Profile

    control = begin(Profile.VISITOR)
else:
    fall_silent()

# ruff: noqa: E402 - what is imported from here on is imported in the jail
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static, TextArea

from kiosk.terminal.app import PrivateApp
from kiosk.terminal.text import say

REPORT = 6


class Dialog(ModalScreen[None]):
    """One field more, on top of the page."""

    BINDINGS = [Binding("escape", "dismiss", "close", id="close")]

    def compose(self) -> ComposeResult:
        yield Input(id="dialog", select_on_focus=False)


class Dropped:
    """Fails when it is collected."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __del__(self) -> None:
        raise ValueError(self.words)


class Rehearsal(PrivateApp):
    """Fields to type in, and a fault for every way in which Python and Textual know how to fail."""

    BINDINGS = [
        Binding("ctrl+t", "tell", "tell", id="tell", priority=True),
        Binding("ctrl+r", "restart", "restart", id="restart", priority=True),
        Binding("ctrl+o", "open", "open", id="open"),
        Binding("ctrl+l", "slow", "slow", id="slow"),
        Binding("f5", "plant", "fault", id="plant"),
    ]
    CSS = "Input { width: 1fr; } TextArea { height: 6; }"
    fault = next((argument.partition("=")[2] for argument in sys.argv if argument.startswith("--fault=")), "")

    def compose(self) -> ComposeResult:
        yield Static(say("A quiet page"), id="page")
        yield Input(id="first", select_on_focus=False)
        yield Input(id="second", select_on_focus=False)
        yield TextArea(id="area")
        yield Button("press", id="press")
        if self.fault == "compose":
            raise ValueError(self.words())

    def words(self) -> str:
        """What was typed."""
        return " ".join(field.value for field in self.query(Input))

    def on_mount(self) -> None:
        self.presses = 0
        self.cut = 0

    def on_button_pressed(self) -> None:
        self.presses += 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "first":
            self.query_one("#second").focus()
        elif event.input.id == "dialog":
            self.pop_screen()

    def paste_shortened(self) -> None:
        self.cut += 1

    def live_now(self) -> None:
        self.query_one("#page", Static).update(say("now live"))

    def idle_warning(self) -> None:
        self.notify("still [b]there[/b]?")

    def action_tell(self) -> None:
        page = self.screen_stack[0]
        held = {field.id: field.value for field in page.query(Input)}
        held["area"] = page.query_one("#area", TextArea).text
        held["dialog"] = "".join(field.value for field in self.screen.query("#dialog").results(Input))
        focus = self.focused.id if self.focused else None
        told = {**held, "focus": focus, "presses": self.presses, "cut": self.cut, "size": list(self.size)}
        os.write(REPORT, json.dumps(told).encode() + b"\n")

    def action_restart(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()
        for field in self.query(Input):
            field.value = ""
        self.query_one("#area", TextArea).load_text("")
        self.query_one("#first").focus()

    async def action_open(self) -> None:
        await self.push_screen(Dialog())

    async def action_slow(self) -> None:
        await asyncio.sleep(0.3)

    def action_plant(self) -> None:
        words = self.words()
        match self.fault:
            case "handler":
                raise ValueError(words)
            case "exit":
                raise SystemExit(words)
            case "group":
                raise ExceptionGroup(words, [ValueError(words)])
            case "recursion":
                self.action_plant()
            case "timer":
                self.set_timer(0.01, lambda: int(words))
            case "worker":
                self.run_worker(self._late(words))
            case "thread worker":
                self.run_worker(lambda: int(words), thread=True)
            case "thread":
                threading.Thread(target=int, args=(words,), name=words).start()
            case "task":
                self.late = asyncio.get_running_loop().create_task(self._late(words), name=words)
                self.set_timer(0.05, self._forget)
            case "call soon":
                asyncio.get_running_loop().call_soon(int, words)
            case "collected":
                Dropped(words)
                gc.collect()
            case "panic":
                self.panic(words)
            case "exit message":
                self.exit(None, 0, words)
            case "printed":
                print(words)
                sys.stderr.write(words)
                warnings.warn(words, stacklevel=1)
                logging.getLogger("x").critical(words)
                raise ValueError(words)
            case "render":
                self.query_one("#page", Static).update(Broken())
            case _:
                os.abort()

    async def _late(self, words: str) -> None:
        await asyncio.sleep(0.01)
        raise ValueError(words)

    def _forget(self) -> None:
        del self.task
        gc.collect()


class Broken:
    """Cannot be rendered."""

    def __rich__(self) -> str:
        raise ValueError("broken")


if __name__ == "__main__":
    Rehearsal(control).run()
