"""Memory that is filled once, and then nobody can change any more."""

from __future__ import annotations

import fcntl
import os


class SealedMemory:
    """A memfd, empty until it is filled for good."""

    def __init__(self, name: str) -> None:
        self._writable = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        self.fd = os.open(f"/proc/self/fd/{self._writable}", os.O_RDONLY | os.O_CLOEXEC)
        """To read it by; it survives `execve`."""
        os.set_inheritable(self.fd, True)

    def fill(self, data: bytes) -> None:
        """Put `data` there, for good."""
        with open(self._writable, "wb") as file:
            file.write(data)
            file.flush()
            seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
            fcntl.fcntl(self._writable, fcntl.F_ADD_SEALS, seals)
