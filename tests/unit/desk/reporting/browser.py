"""A real browser without a window, spoken to over two pipes."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Browser:
    """One tab of Chromium. Remembers what it asked the network for and what its console said."""

    def __init__(self, asked: int, told: int) -> None:
        self._asked = asked
        self._told = os.fdopen(told, "rb")
        self._last = 0
        self._session: dict[str, str] = {}
        self.requests: list[str] = []
        self.console: list[str] = []
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        for domain in ("Page", "Network", "Log", "Runtime"):
            self(f"{domain}.enable")

    def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask for something and wait for its answer."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params, **self._session}
        os.write(self._asked, json.dumps(message).encode() + b"\0")
        while (said := self._hear()).get("id") != self._last:
            pass
        assert "error" not in said, said["error"]
        return dict(said["result"])

    def open(self, page: Path) -> None:
        """Load a file, to its end."""
        self("Page.navigate", url=page.as_uri())
        while self._hear().get("method") != "Page.loadEventFired":
            pass

    def value(self, expression: str) -> Any:
        """What an expression is on the page."""
        return self("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def picture(self) -> bytes:
        """The whole page as PNG."""
        size = self("Page.getLayoutMetrics")["cssContentSize"]
        taken = self("Page.captureScreenshot", captureBeyondViewport=True, clip={**size, "scale": 1})
        return base64.b64decode(taken["data"])

    def _hear(self) -> dict[str, Any]:
        raw = bytearray()
        while (byte := self._told.read(1)) != b"\0":
            assert byte, "the browser ended"
            raw += byte
        said: dict[str, Any] = json.loads(raw)
        if said.get("method") == "Network.requestWillBeSent":
            self.requests.append(said["params"]["request"]["url"])
        if said.get("method") == "Log.entryAdded":
            self.console.append(said["params"]["entry"]["text"])
        if said.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.console.append(json.dumps(said["params"]))
        return said


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start one, with nothing but a folder of its own, and end it."""
    words = [
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--no-proxy-server",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank",
    ]  # fmt: skip
    asked_there, asked = os.pipe()
    told, told_there = os.pipe()
    # Chromium reads on 3 and writes on 4; the shell puts the pipes there whatever their numbers are here.
    shell = ["/bin/bash", "-c", f'exec "$0" "$@" 3<&{asked_there} 4>&{told_there}', *words]
    process = subprocess.Popen(
        shell, pass_fds=(asked_there, told_there), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    os.close(asked_there)
    os.close(told_there)
    try:
        yield Browser(asked, told)
    finally:
        os.killpg(process.pid, 9)
        process.wait()
        os.close(asked)
