"""Runs inside the machine: answers what the tests ask it, over a line of its own. It is told nothing of a visitor."""

import base64
import json
import os
import struct
import subprocess
from collections.abc import Iterator
from typing import Any

LINE = "/dev/virtio-ports/witness"
PAGE = 4096


def shell(asked: dict[str, Any]) -> dict[str, Any]:
    """What a command said, and how it ended."""
    done = subprocess.run(
        ["/bin/sh", "-c", asked["run"]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return {"code": done.returncode, "said": base64.b64encode(done.stdout).decode()}


def owners(asked: dict[str, Any]) -> dict[str, Any]:
    """Of pages of memory, by their numbers: the kernel's flags, and the processes that have them mapped."""
    wanted = set(asked["pages"])
    with open("/proc/kpageflags", "rb") as file:
        flags = {page: struct.unpack("=Q", os.pread(file.fileno(), 8, page * 8))[0] for page in wanted}
    mapped: dict[int, list[str]] = {page: [] for page in wanted}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for page, words in _mapped(pid, wanted):
            mapped[page].append(words)
    return {"flags": [[page, flags[page], mapped[page]] for page in wanted]}


def _mapped(pid: str, wanted: set[int]) -> Iterator[tuple[int, str]]:
    try:
        with open(f"/proc/{pid}/comm") as file:
            name = file.read().strip()
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/pagemap", "rb") as pagemap:
            for line in maps:
                words = line.split(None, 5)
                start, _, stop = words[0].partition("-")
                first, last = int(start, 16) // PAGE, int(stop, 16) // PAGE
                if last - first > 1 << 24:
                    continue
                found = os.pread(pagemap.fileno(), (last - first) * 8, first * 8)
                for entry in struct.unpack(f"={len(found) // 8}Q", found):
                    if entry >> 63 and entry & (1 << 55) - 1 in wanted:
                        yield entry & (1 << 55) - 1, f"{name}[{pid}]{words[5].strip() if len(words) > 5 else ''}"
    except OSError:
        return


def main() -> None:
    """Answer, line by line, until the machine is turned off."""
    with open(LINE, "r+b", buffering=0) as line:
        asked = b""
        while True:
            asked += line.read(65536)
            while b"\n" in asked:
                one, _, asked = asked.partition(b"\n")
                told = json.loads(one)
                answer = owners(told) if "pages" in told else shell(told)
                line.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
