"""Every use of what Textual keeps private, in one place; a test fails when the source of one of them changes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.control import Control as Move
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.strip import Strip

from kiosk.terminal.text import clean

if TYPE_CHECKING:
    from rich.console import Console
    from textual._queue import Queue
    from textual.message_pump import MessagePump
    from textual.widget import Widget


def whole_frame(app: App[Any]) -> str:
    """Return the whole current page as terminal text, cursor move last. The terminal's modes are not in it."""
    screen = app.screen
    update = screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    screen._dirty_widgets.clear()
    cursor = screen.outer_size.clamp_offset(app.cursor_position)
    assert isinstance(update, CompositorUpdate)
    return update.render_segments(app.console) + Move.move_to(*cursor).segment.text


def is_quiet(app: App[Any]) -> bool:
    """Whether the app, its front page and everything on it wait for messages, with none left to handle.

    A pump that waits does so on its empty queue's event; one that works, or awaits something else, does not.
    """
    if not app._running or not app._screen_stack:
        return False
    return all(_waits(pump) for pump in _front(app))


def awaits_layout(app: App[Any]) -> bool:
    """Whether the front page still has to be arranged before keys can act on it rightly."""
    screen = app.screen
    return bool(screen._layout_required or screen._scroll_required or screen._callbacks or app._resize_timer)


def awaits_paint(app: App[Any]) -> bool:
    """Whether the front page is about to paint something by itself."""
    screen = app.screen
    return bool(awaits_layout(app) or screen._repaint_required or screen._dirty_widgets or not screen.size)


def _front(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    yield from app.screen.walk_children(with_self=True)


def _waits(pump: MessagePump) -> bool:
    if pump._closed or pump._closing or (pump._task is None and not pump._running):
        return True
    queue: Queue[Any] = pump._message_queue
    return pump._pending_message is None and queue.empty() and bool(queue.ready_event._waiters)


def still_cursor(widget: Widget) -> None:
    """Stop a text field's cursor from blinking before it first does: blinking keeps a dead link alive (leaks 0.9)."""
    blink = getattr(type(widget), "cursor_blink", None)
    if blink is not None:
        widget.set_reactive(blink, False)


def _render(self: Strip, console: Console) -> str:
    if self._render_cache is None:
        colors = console._color_system
        parts = []
        for text, style, _control in self._segments:
            shown = clean(text)  # printable is not enough: a hundred marks on one letter are printable, too
            if style is None:
                parts.append(shown)
                continue
            codes = style._ansi or Strip.render_ansi(style, colors or ColorSystem.TRUECOLOR)
            parts.append(f"\x1b[{codes}m{shown}\x1b[0m" if codes else shown)
        self._render_cache = "".join(parts)
    return self._render_cache


def render_clean() -> None:
    """Make every line that is painted pass through `clean`, and leave links out (leaks 1d, H3)."""
    Strip.render = _render  # type: ignore[method-assign]


ORIGINAL_RENDER = Strip.render
"""Textual's own, for the test that watches its source."""


def fingerprint(function: Callable[..., Any] | type) -> str:
    """Return 16 hex digits that change when the source of `function` does."""
    from hashlib import sha256

    return sha256(inspect.getsource(function).encode()).hexdigest()[:16]
