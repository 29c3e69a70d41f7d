"""The way into a jail: every wall in its order, and a report of which of them this kernel has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.jail import arguments, landlock, limits, network, places, seccomp
from kiosk.jail.profile import Powers, Profile


@dataclass(frozen=True, slots=True)
class Held:
    """What held: each wall that stands. Where a kernel lacks one, the others still stand."""

    undumpable: bool
    """No core dump, and nobody of the same user may read this memory."""
    follows_parent: bool
    """It dies when its parent does."""
    no_new_privileges: bool
    """No program started from here gains rights."""
    frozen_code: bool
    """Memory that was written is never run (kernel 6.3)."""
    own_network: bool
    """It lives in a network of its own, which is empty."""
    landlock: int
    """Version of Landlock in force; 0 for none. From 4 on it refuses TCP, from 6 on signals to others."""
    seccomp: bool
    """System calls are filtered."""


def enter(
    profile: Profile,
    *,
    readable: Sequence[Path] = (),
    writable: Sequence[Path] = (),
    runnable: Sequence[Path] = (),
    ports: Sequence[int] = (),
) -> Held:
    """Give up every power that `profile` does not name. It cannot be undone.

    `readable` and `writable` are added to what Python itself needs; `writable` counts only where the profile writes
    files, `runnable` only where it starts programs, `ports` (TCP, to connect to) only where it has TCP. Call it before
    any thread starts: Landlock holds for one thread and for what that thread starts.
    """
    powers = profile.value
    alone = not (powers.local_sockets or powers.tcp) and network.leave()
    if powers.name:
        arguments.forget(powers.name)
    limits.limit(files=powers.write_files, memory=powers.memory)
    undumpable, follows = limits.hide(), limits.follow_parent()
    renounced = limits.renounce()
    rules = _rules(powers, readable, writable, runnable)
    return Held(
        undumpable=undumpable,
        follows_parent=follows,
        no_new_privileges=renounced,
        frozen_code=not powers.start_programs and limits.freeze_code(),
        own_network=alone,
        landlock=landlock.restrict(rules, abstract_sockets=powers.local_sockets, ports=ports if powers.tcp else ()),
        seccomp=seccomp.refuse(powers),
    )


def _rules(
    powers: Powers, readable: Sequence[Path], writable: Sequence[Path], runnable: Sequence[Path]
) -> Iterator[tuple[Path, landlock.Access]]:
    yield from places.code()
    yield from ((path, landlock.READ) for path in readable)
    if powers.write_files:
        yield from ((path, landlock.WRITE) for path in writable)
    if powers.start_programs:
        yield from places.python()
        yield from ((path, landlock.RUN) for path in runnable)
    if powers.sound:
        yield from places.sound()
