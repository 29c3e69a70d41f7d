"""What has to be true once a sitting was left, whichever way it ended."""

from __future__ import annotations

from tests.terminal import proc
from tests.terminal.console import Console
from tests.terminal.glass import PATIENCE, RESET
from tests.terminal.way import START


class Left:
    """Made right before the end: sees what is shown and who shows it. `check` then looks for what may be left."""

    def __init__(self, console: Console, *private: str) -> None:
        console.look()
        self.console = console
        self.private = private
        self.mark = len(console.log)
        self.live = console.live()
        """Her process."""
        shown = console.screen_text()
        assert all(words in shown for words in private), "a test that looks for what was never there proves nothing"

    def check(self, deadline: float = PATIENCE) -> None:
        """The home page is on the glass; what was there is in no history and in no byte since; she is gone."""
        self.check_cleared(deadline)
        self.console.wait_for(START)
        self._nothing_left()
        assert self.live not in self.console.sitting_pids()

    def check_cleared(self, deadline: float = PATIENCE) -> None:
        """The glass was cleared, nothing of what was there came after that, and her process is gone."""
        console = self.console
        console.wait(lambda: console.log.find(RESET, self.mark) >= 0, "the cleared glass", deadline)
        console.wait(lambda: not proc.alive(self.live), "the end of the sitting")
        self._nothing_left()

    def _nothing_left(self) -> None:
        console = self.console
        shown, past = console.screen_text(), console.history_text()
        since = bytes(console.log[console.log.find(RESET, self.mark) :])
        for words in self.private:
            assert words not in shown
            assert words not in past
            assert words.encode() not in since
