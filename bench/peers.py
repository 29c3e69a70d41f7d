"""Three designs without a proxy, each at its best: home page and recogniser are the kiosk's own."""

from __future__ import annotations

import os
import selectors
import sys
import time
from codecs import getincrementaldecoder
from typing import ClassVar

from glass import Glass
from page import BenchPage
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding, BindingType
from textual.drivers.linux_driver import LinuxDriver

from kiosk.supervisor.panic_key import Recogniser
from kiosk.supervisor.terminal import RESET

HOME = RESET + b"Community resources\r\n\r\nFood pantry 555 0100\r\nLibrary 555 0101\r\n"
DESIGNS = ("app binding", "driver hook", "parent, no proxy")


class BindingApp(App[None]):
    """The app itself acts on the key: a binding above all others, which paints and ends the process."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12", "panic", priority=True)]

    def get_default_screen(self) -> BenchPage:
        return BenchPage()

    def action_panic(self) -> None:
        """Paint, and die at once."""
        os.write(1, HOME)
        os._exit(0)


class HookDriver(LinuxDriver):
    """Textual's driver, whose input thread looks at the raw bytes before any parser does."""

    paints = True

    def run_input_thread(self) -> None:
        """Read, recognise, pass on."""
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        parser, decode, recogniser = XTermParser(), getincrementaldecoder("utf-8")().decode, Recogniser()
        while not self.exit_event.is_set():
            if selector.select(0.1):
                typed = bytearray(os.read(self.fileno, 4096))
                if recogniser.feed(typed, len(typed), time.monotonic()):
                    if self.paints:
                        os.write(1, HOME)
                    os._exit(0)
                for event in parser.feed(decode(typed)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)


class SilentHookDriver(HookDriver):
    """The same for a child whose parent paints."""

    paints = False


class HookApp(App[None]):
    """An app that leaves the key to its driver."""

    def get_default_screen(self) -> BenchPage:
        return BenchPage()


def start(design: str, glass: Glass) -> int:
    """Start `design` on `glass`, forked from this process, which has loaded everything. Returns its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            glass.hand_over()
            os.closerange(3, 256)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            sys.__stdin__, sys.__stdout__, sys.__stderr__ = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
            _run(design)
        finally:
            os._exit(1)
    return pid


def _run(design: str) -> None:
    if design == "app binding":
        BindingApp().run()
    elif design == "driver hook":
        HookApp(driver_class=HookDriver).run()
    else:
        child = os.fork()
        if child == 0:
            HookApp(driver_class=SilentHookDriver).run()
        os.waitpid(child, 0)
        os.write(1, HOME)


def sitting_of(design: str, pid: int) -> int:
    """The process that holds what was typed: the parent's child where there is one."""
    if design != "parent, no proxy":
        return pid
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return int(file.read().split()[0])
