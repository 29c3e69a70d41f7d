"""A second process that reads about persons while this one reads the enrollments; what it found comes in memory."""

from __future__ import annotations

import marshal
import os
from array import array
from collections.abc import Callable, Mapping
from typing import Final

from kiosk.desk.merging.need import Needs
from kiosk.desk.merging.persons import Persons
from kiosk.desk.merging.sources import Source

FILES: Final = ("Client.csv", "AssessmentResults.csv", "Assessment.csv")
WORTH: Final = range(4 * 1024**2, 64 * 1024**2)
"""Bytes of `FILES` between which a second process saves time, and does not need much memory."""

Reader = Callable[[], Persons]


def worth_it(source: Source, needs: Needs) -> bool:
    """Whether there is a core for it, and enough and not too much to read."""
    cores = len(os.sched_getaffinity(0))
    return cores > 1 and not needs.wide and sum(map(source.beside, FILES)) in WORTH


class Beside:
    """Starts reading when it is made. Whoever makes it must call `end`."""

    def __init__(self, read: Reader) -> None:
        self._memory = os.memfd_create("kiosk merge", os.MFD_CLOEXEC)
        self._child = os.fork()
        if self._child == 0:
            status = 1
            try:
                persons = read()
                with open(self._memory, "wb", closefd=False) as file:
                    columns = persons.says, persons.scores, persons.found
                    marshal.dump((list(persons.place), *map(bytes, columns)), file)
                status = 0
            finally:
                os._exit(status)

    def take(self, place: Mapping[str, int]) -> Persons | None:
        """What it found about the persons in `place`; `None` when it failed, and reading again will tell why."""
        child, self._child = self._child, 0
        if os.waitpid(child, 0)[1]:
            return None
        os.lseek(self._memory, 0, os.SEEK_SET)
        with open(self._memory, "rb", closefd=False) as file:
            ids, says, scores, found = marshal.load(file)  # noqa: S302  (from this program's own child)
        persons = Persons(place)
        get = place.get
        for person, said, score, mark in zip(ids, array("Q", says), array("i", scores), found, strict=True):
            at = get(person)
            if at is not None:
                persons.says[at], persons.scores[at], persons.found[at] = said, score, mark
        return persons

    def end(self) -> None:
        """Nobody wants it any more: it is gone, whether it has been heard or not."""
        if self._child:
            os.kill(self._child, 9)
            os.waitpid(self._child, 0)
        os.close(self._memory)
