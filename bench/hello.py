"""The least that Textual can paint: what a start is compared with."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        yield Static("hello from the bench")


if __name__ == "__main__":
    Hello().run()
