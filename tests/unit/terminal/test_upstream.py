"""H6: what of Textual we override, replace or lean on; when its source changes, somebody has to look again.

When this test fails: read the new source beside ours in `kiosk/terminal`, run `tests/terminal/driver`, then write the
fingerprint that the failure shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import _compositor, _parser, _queue, _xterm_parser, app, driver, message_pump, screen
from textual.drivers import linux_driver
from textual.strip import Strip

from kiosk.terminal import upstream

WATCHED: dict[str, tuple[Callable[..., Any] | type, str]] = {
    "Strip.render": (upstream.ORIGINAL_RENDER, "2ba7a4913a72125d"),
    "Strip.render_style": (Strip.render_style, "749d890bb5c43510"),
    "Compositor.render_update": (_compositor.Compositor.render_update, "772c6b21953aff0e"),
    "Compositor.render_full_update": (_compositor.Compositor.render_full_update, "ce99ccda4d2449b7"),
    "LayoutUpdate": (_compositor.LayoutUpdate, "619efe1cea787527"),
    "ChopsUpdate": (_compositor.ChopsUpdate, "7c7d3e0bf714e836"),
    "Queue": (_queue.Queue, "76cfe3a5e1622282"),
    "MessagePump._get_message": (message_pump.MessagePump._get_message, "5c8f2e35f9c74837"),
    "MessagePump._process_messages_loop": (message_pump.MessagePump._process_messages_loop, "8b26d5edccbb994f"),
    "Parser": (_parser.Parser, "5e97a0be1bb08455"),
    "XTermParser": (_xterm_parser.XTermParser, "fc1e32fb7a4ae5a0"),
    "Driver": (driver.Driver, "da5e0cb615051aaf"),
    "LinuxDriver": (linux_driver.LinuxDriver, "ec65992e0f98f051"),
    "Screen._on_timer_update": (screen.Screen._on_timer_update, "421401660de142c5"),
    "Screen._compositor_refresh": (screen.Screen._compositor_refresh, "7a40efe563816a06"),
    "App._display": (app.App._display, "4b78dff6669a455c"),
    "App._handle_exception": (app.App._handle_exception, "baea2e7f88e7ac52"),
    "App._fatal_error": (app.App._fatal_error, "2474616cec7fa94d"),
    "App._print_error_renderables": (app.App._print_error_renderables, "6e6be40346778a2d"),
    "App.panic": (app.App.panic, "9c4a264c909e8233"),
    "App.exit": (app.App.exit, "d8c06b817ac8e36e"),
    "App._ready": (app.App._ready, "2d226a91db5af8b1"),
    "App._register": (app.App._register, "8b2138af0f6bb490"),
    "App._broker_event": (app.App._broker_event, "5092e9cd5bb7771d"),
    "App.run_async": (app.App.run_async, "821674591dfc7034"),
    "App.on_event": (app.App.on_event, "3dbf14d694916fe3"),
    "App._process_messages": (app.App._process_messages, "7934609529be85be"),
    "App._shutdown": (app.App._shutdown, "c264035bcb6202ee"),
}


@pytest.mark.parametrize("name", WATCHED)
def test_upstream_is_as_we_read_it(name: str) -> None:
    """H6: the source is the one that was read, run and shut (leaks 2)."""
    function, known = WATCHED[name]
    assert upstream.fingerprint(function) == known


def test_a_change_is_seen() -> None:
    """Two sources have two fingerprints."""
    assert upstream.fingerprint(app.App.exit) != upstream.fingerprint(app.App.panic)
