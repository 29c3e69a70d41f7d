"""Checks of what could carry a visitor's memory out of her sitting: swap, core dumps, debuggers, freed pages."""

from __future__ import annotations

import resource

from kiosk.doctor.finding import Finding, Host, broken, good, note, weak

LOCKED = 64 * 1024
"""Bytes that a supervisor locks in memory: the buffers that keys and pages go through."""

_PTRACE_ATTACH_NEEDS_PARENT = 1


def memory_is_never_swapped_in_clear(host: Host) -> Finding:
    """A sitting's pages must not be written to a disk where they can be read later (P1)."""
    used = [line.split()[0] for line in host.read("proc/swaps").splitlines()[1:] if line.strip()]
    clear = [name for name in used if not _swap_is_safe(host, name)]
    if not used:
        return good("There is no swap.")
    if not clear:
        return good("Swap stays in memory or is encrypted.")
    return weak(
        f"Memory may be written in clear to {', '.join(clear)}.",
        "Turn swap off (`swapoff -a`, and out of /etc/fstab), or use zram or an encrypted partition with a random key.",
    )


def _swap_is_safe(host: Host, name: str) -> bool:
    device = name.rpartition("/")[2]
    return device.startswith("zram") or host.read(f"sys/block/{device}/dm/uuid").startswith("CRYPT-")


def crashes_write_no_memory(host: Host) -> Finding:
    """A core dump would be a file with everything in it; sittings forbid theirs, this is the second wall."""
    pattern = host.read("proc/sys/kernel/core_pattern")
    if pattern.startswith("|"):
        return note(
            "Core dumps go to a program. Sittings make none; other programs of this machine may.",
            "Set `kernel.core_pattern` to `core` and mask systemd-coredump (deploy/sysctl.conf does).",
        )
    return good("Core dumps go to no program.")


def others_cannot_debug(host: Host) -> Finding:
    """Nobody of the same user may look into a process with a debugger; sittings forbid it themselves too."""
    scope = host.read("proc/sys/kernel/yama/ptrace_scope")
    if scope.isdigit() and int(scope) >= _PTRACE_ATTACH_NEEDS_PARENT:
        return good(f"Debuggers are kept away (ptrace_scope {scope}).")
    return weak(
        "Any program of this user may look into another one's memory.",
        "Set `kernel.yama.ptrace_scope` to 2 (deploy/sysctl.conf does).",
    )


def freed_pages_are_zeroed(host: Host) -> Finding:
    """With `init_on_free=1` the kernel overwrites memory that a process gave back."""
    if "init_on_free=1" in host.read("proc/cmdline").split():
        return good("The kernel zeroes memory that is given back.")
    return note(
        "The kernel does not zero memory that is given back.",
        "Add `init_on_free=1` to the kernel's command line.",
    )


def buffers_can_be_locked(host: Host) -> Finding:
    """The supervisor's buffers stay out of swap where this user may lock that much."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if allowed in (resource.RLIM_INFINITY, -1) or allowed >= LOCKED:
        return good("Buffers can be locked in memory.")
    return weak("This user may not lock memory.", "Raise `memlock` for it in /etc/security/limits.conf to 64 or more.")


def the_user_is_not_root(host: Host) -> Finding:
    """What serves a visitor as root has more walls to climb than it needs."""
    if host.by_root:
        return broken("The kiosk runs as root.", "Give it an account of its own, without a password and without sudo.")
    return good("The kiosk has an ordinary account.")
