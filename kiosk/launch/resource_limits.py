"""What this machine may have too little of: descriptors, processes, memory, disk; told in a sentence."""

from __future__ import annotations

import errno

from kiosk.errors import KioskError

DESCRIPTORS = 128
"""Numbers of open files: those of a child are put together from 64 on, out of the way of its parent's."""

_SENTENCES = {
    errno.EMFILE: "The program may not open as many files as it needs.",
    errno.ENFILE: "This machine has no more files to open.",
    errno.EAGAIN: "This machine lets the program start no further process.",
    errno.ENOMEM: "This machine has too little memory free.",
    errno.ENOSPC: "A disk of this machine is full.",
    errno.EDQUOT: "This user may not write any more to the disk.",
    errno.EROFS: "The disk can only be read.",
    errno.ENOSYS: "This kernel lacks something the program needs.",
}


class Scarce(KioskError):
    """The machine ran out of something before anything could be done."""

    hint = "`ulimit -a` and `kiosk doctor` say what this user is given; close what is not needed."


def told(error: BaseException) -> Scarce | None:
    """The sentence for a failure that is the machine's and not ours; `None` for any other."""
    number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    return Scarce(_SENTENCES[number]) if number in _SENTENCES else None


def require_descriptors() -> None:
    """See that enough files can be open at once, more than the usual limit where that is allowed. Raises Scarce."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < DESCRIPTORS:
        if hard != resource.RLIM_INFINITY and hard < DESCRIPTORS:
            raise Scarce(f"The program may open {hard} files at once, and needs {DESCRIPTORS}.")
        resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, hard))
