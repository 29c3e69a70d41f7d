"""P11: the ways out that Textual offers, tried one by one on an app of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from kiosk.terminal.app import PrivateApp
from kiosk.terminal.text import say


class Page(PrivateApp):
    """One of each."""

    BINDINGS = [Binding("f2", "press", "press", id="press")]

    def compose(self) -> ComposeResult:
        yield Static(say("quiet"), id="page")
        yield Input("secret", id="field")
        yield TextArea("secret", id="area")


KEYS = ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+d", "ctrl+backslash", "super+c", "f12", "escape", "ctrl+s"]


@pytest.mark.parametrize("key", KEYS)
async def test_no_key_leads_out(key: str) -> None:
    """H2: quit, palette, suspend and their like are nobody's keys; the page stays."""
    async with Page(None).run_test() as pilot:
        page = pilot.app.screen
        await pilot.press(key)
        await pilot.pause()
        assert pilot.app.is_running
        assert pilot.app.screen is page
        assert pilot.app.screen_stack == [page]


ACTIONS = [
    "app.quit",
    "app.command_palette",
    "app.screenshot('x.svg', '.')",
    "app.suspend_process",
    "app.simulate_key('f2')",
    "app.bell",
    "app.help_quit",
    "app.toggle_dark",
]


@pytest.mark.parametrize("action", ACTIONS)
async def test_no_action_leads_out(action: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """H2: not even when it is run by name."""
    monkeypatch.chdir(tmp_path)
    async with Page(None).run_test() as pilot:
        page = pilot.app.screen
        await pilot.app.run_action(action)
        await pilot.pause()
        assert pilot.app.is_running
        assert pilot.app.screen is page
    assert list(tmp_path.iterdir()) == []


async def test_markup_runs_nothing() -> None:
    """H2: a click on words with an action in them does nothing, even where they slipped in as markup."""
    pressed: list[str] = []

    class Clicked(Page):
        def action_press(self) -> None:
            pressed.append("pressed")

    async with Clicked(None).run_test() as pilot:
        page = pilot.app.query_one("#page", Static)
        await pilot.press("f2")
        assert pressed == ["pressed"], "the action has to work by its key"
        page.update(Content.from_markup("[@click=app.press]click here[/]"))
        await pilot.pause()
        await pilot.click("#page", offset=(2, 0))
        await pilot.pause()
        assert pressed == ["pressed"]


async def test_nothing_is_copied_or_pasted() -> None:
    """D11: the next visitor's Ctrl+V brings nothing."""
    async with Page(None).run_test() as pilot:
        field = pilot.app.query_one(Input)
        field.focus()
        for key in ("home", "shift+end", "ctrl+c", "ctrl+x", "ctrl+v"):
            await pilot.press(key)
        pilot.app.copy_to_clipboard("secret")
        assert pilot.app.clipboard == ""
        assert "secret" not in field.value


async def test_nothing_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No screenshot, no delivery, no browser."""
    monkeypatch.chdir(tmp_path)
    opened: list[object] = []
    monkeypatch.setattr("webbrowser.open", lambda *words, **named: opened.append(words))
    async with Page(None).run_test() as pilot:
        app = pilot.app
        assert app.save_screenshot() == ""
        app.deliver_screenshot()
        app.deliver_text("x")
        app.deliver_binary("x")
        app.open_url("https://example.org")
        await pilot.pause()
    assert opened == []
    assert list(tmp_path.iterdir()) == []


async def test_the_cursor_does_not_blink() -> None:
    """leaks 0.9: a blinking cursor keeps a dead connection alive; not in a field that is mounted later either."""
    async with Page(None).run_test() as pilot:
        await pilot.app.mount(Input(id="later"))
        await pilot.pause()
        assert not any(field.cursor_blink for field in pilot.app.query(Input))
        assert not any(area.cursor_blink for area in pilot.app.query(TextArea))


async def test_leaving_brings_nothing_out() -> None:
    """No result, no status, no message."""
    app = Page(None)
    async with app.run_test():
        app.exit("secret", 5, "secret")  # type: ignore[arg-type]
    assert app.return_value is None
    assert app.return_code == 0


async def test_a_notice_is_plain() -> None:
    """A notice shows what it is given as it stands, cleaned."""
    async with Page(None).run_test(notifications=True) as pilot:
        pilot.app.notify("[b]bold[/b]\x1b[2J", title="[red]t")
        await pilot.pause()
        (notice,) = pilot.app._notifications
        assert notice.message == "[b]bold[/b][2J"
        assert notice.title == "[red]t"
        assert notice.markup is False


async def test_what_is_painted_is_clean() -> None:
    """H3: a string that slipped into a widget with control codes in it reaches the glass without them."""
    async with Page(None).run_test() as pilot:
        page = pilot.app.query_one("#page", Static)
        page.update(Content("a\x1b]52;c;eA==\x07b\x9bc\u202ed"))
        await pilot.pause()
        strip = pilot.app.screen._compositor.render_strips()[0]
        painted = strip.render(Console(color_system="truecolor", force_terminal=True))
        assert "]52;c;eA==" in painted, "the words have to be there"
        for code in ("\x1b]", "\x07", "\x9b", "\u202e"):
            assert code not in painted


async def test_faults_reach_the_test() -> None:
    """Under a pilot a fault is raised in the test instead of ending the process."""
    with pytest.raises(ZeroDivisionError):
        async with Page(None).run_test() as pilot:
            pilot.app.call_later(lambda: 1 / 0)
            await pilot.pause()
            await pilot.pause()
