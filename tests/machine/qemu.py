"""A machine: QEMU with a screen that nobody has, a keyboard, a disk that forgets, and a line to its witness."""

from __future__ import annotations

import base64
import json
import mmap
import os
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.machine.keys import codes

T = TypeVar("T")
MEMORY = 1 << 30
PATIENCE = 120.0
"""Seconds after which a test gives up; never a measure of anything. It is all emulated."""
BOOT = "root=LABEL=root rw quiet init_on_free=1 console=ttyS0 console=tty0"
"""The kernel's command line of a station."""


class Line:
    """A socket of QEMU's that speaks JSON, one object a line."""

    def __init__(self, path: Path, alive: Callable[[], bool]) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._socket.connect(os.fspath(path))
                break
            except OSError:
                if time.monotonic() > end or not alive():
                    raise
                time.sleep(0.05)
        self._came = b""

    def say(self, told: object) -> None:
        """Send one object."""
        self._socket.sendall(json.dumps(told).encode() + b"\n")

    def hear(self, patience: float) -> Any:
        """The next object. Raises TimeoutError, or EOFError where the machine has ended."""
        end = time.monotonic() + patience
        while b"\n" not in self._came:
            self._socket.settimeout(max(end - time.monotonic(), 0.001))
            part = self._socket.recv(1 << 20)
            if not part:
                raise EOFError
            self._came += part
        line, _, self._came = self._came.partition(b"\n")
        return json.loads(line)

    def close(self) -> None:
        """Close it."""
        self._socket.close()


class Machine:
    """One run of a machine; what it writes to `disk` is forgotten, unless `drive` says otherwise."""

    def __init__(self, image: Path, folder: Path, *, disk: Path, boot: str = BOOT, drive: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.events: list[dict[str, Any]] = []
        self._memory = Path("/dev/shm" if Path("/dev/shm").is_dir() else folder) / f"machine-{os.getpid()}"
        drive = drive or ("-drive", f"file={disk},format=raw,if=virtio,snapshot=on")
        command = ["qemu-system-x86_64", "-accel", "tcg", "-cpu", "qemu64", "-m", "1G"]
        command += ["-object", f"memory-backend-file,id=ram,size=1G,mem-path={self._memory},share=on"]
        command += ["-machine", "pc,memory-backend=ram", "-vga", "std", "-display", "none", "-nic", "none"]
        command += ["-kernel", f"{image / 'kernel'}", "-initrd", f"{image / 'initrd'}", "-append", boot, *drive]
        command += ["-serial", f"file:{folder / 'serial'}", "-device", "virtio-serial"]
        command += ["-chardev", f"socket,id=witness,path={folder / 'witness'},server=on,wait=off"]
        command += ["-device", "virtserialport,chardev=witness,name=witness", "-no-reboot"]
        command += ["-qmp", f"unix:{folder / 'qmp'},server=on,wait=off", "-monitor", "none"]
        self._log = (folder / "qemu").open("wb")
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        try:
            self._qmp = Line(folder / "qmp", self._alive)
            self._qmp.hear(PATIENCE)
            self.do("qmp_capabilities")
            self._witness = Line(folder / "witness", self._alive)
        except BaseException:
            self.kill()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def _alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """Cut its power: no process of it writes another byte."""
        self._process.kill()
        self._process.wait()
        self._log.close()
        self._memory.unlink(missing_ok=True)

    def do(self, command: str, **arguments: object) -> Any:
        """Tell QEMU to do something; what happened meanwhile goes into `events`."""
        self._qmp.say({"execute": command, "arguments": arguments})
        while "event" in (answer := self._qmp.hear(PATIENCE)):
            self.events.append(answer)
        assert "error" not in answer, answer
        return answer["return"]

    def ended(self, patience: float = PATIENCE) -> str:
        """Wait until the machine is off; what QEMU says of why."""
        end = time.monotonic() + patience
        try:
            while not any(each["event"] == "SHUTDOWN" for each in self.events):
                self.events.append(self._qmp.hear(end - time.monotonic()))
        except EOFError:
            pass
        return next((each["data"]["reason"] for each in self.events if each["event"] == "SHUTDOWN"), "")

    def ask(self, told: object, patience: float = PATIENCE) -> Any:
        """Ask the witness."""
        self._witness.say(told)
        return self._witness.hear(patience)

    def run(self, command: str) -> str:
        """What a shell command says inside, by root; it has to succeed."""
        code, said = self.tried(command)
        assert code == 0, f"{command}: {code}\n{said}"
        return said

    def tried(self, command: str) -> tuple[int, str]:
        """How a shell command ended inside, and what it said."""
        answer = self.ask({"run": command})
        return answer["code"], base64.b64decode(answer["said"]).decode(errors="replace")

    def press(self, *held: str) -> None:
        """Press keys down one after the other and let go in the other order, as fingers do."""
        self._keys(held, down=True)
        self._keys(held[::-1], down=False)

    def _keys(self, names: Sequence[str], *, down: bool) -> None:
        for name in names:
            key = {"down": down, "key": {"type": "qcode", "data": name}}
            self.do("input-send-event", events=[{"type": "key", "data": key}])
            time.sleep(0.005)

    def type(self, text: str) -> None:
        """Type it on the keyboard."""
        for held in codes(text):
            self.press(*held)

    def picture(self, name: str) -> Path:
        """What an eye sees now, as a PNG file."""
        path = self.folder / f"{name}.png"
        self.do("screendump", filename=os.fspath(path), format="png")
        return path

    def screen(self) -> str:
        """The words on the first console: never to be asked while something private stands there."""
        letters = base64.b64decode(self.ask({"run": "cat /dev/vcs1"})["said"]).decode("latin-1")
        columns = base64.b64decode(self.ask({"run": "head -c 2 /dev/vcsa1"})["said"])[1]
        lines = (letters[at : at + columns].rstrip() for at in range(0, len(letters), columns))
        return "\n".join(lines)

    def words(self) -> str:
        """The words on the screen, one blank between any two."""
        return " ".join(self.screen().split())

    def wait(self, true: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
        """Wait until `true` gives something, and return that."""
        end = time.monotonic() + patience
        while not (found := true()):
            if time.monotonic() > end:
                shown = self.picture("never")
                raise AssertionError(f"never came: {what}; see {shown}\n{self.screen()}")
            time.sleep(0.1)
        return found

    def wait_for(self, text: str, patience: float = PATIENCE) -> None:
        """Wait until the screen shows `text`."""
        self.wait(lambda: text in self.words(), repr(text), patience)

    def memory(self, look: Callable[[mmap.mmap], T]) -> T:
        """Stop the machine, look at all its memory, and let it go on."""
        self.do("stop")
        try:
            with self._memory.open("rb") as file, mmap.mmap(file.fileno(), MEMORY, prot=mmap.PROT_READ) as whole:
                return look(whole)
        finally:
            self.do("cont")
