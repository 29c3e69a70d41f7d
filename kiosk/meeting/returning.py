"""Return files: what the meeting says to each agency, under the agency's own numbers, sealed to it alone (W3, W5).

The link from meeting number to visitor's number comes with the agencies' keys at that moment, and is never kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.desk.keys.spoken_check import of_signer
from kiosk.errors import KioskError, Refused
from kiosk.meeting.agencies import Agency
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.states import State
from kiosk.seal.return_file import LABEL, Entry, ReturnFile, pack, seal
from kiosk.vault.numbers import valid
from kiosk.vault.private_file import write_private
from kiosk.vault.signatures import signed

if TYPE_CHECKING:
    from kiosk.meeting.meeting_file import MeetingFile

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_COLUMNS: Final = ("meeting_number", "list_number", "contact_agency_code", "merged_list")


class NotItsKey(Refused):
    """A key of another list, or of an agency that has no public key here."""

    hint = "Nothing was written. Give the external keys that the last merge wrote beside its list."


class NotWritten(KioskError):
    """A file that the disk does not give back."""

    hint = "Take another disk, and write the return files again."


def public_key(meeting: Meeting) -> bytes:
    """What the list's signature is checked with, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(meeting.signing_seed).public_key().public_bytes_raw()


def links(meeting: Meeting, keys: Sequence[Path], agencies: Iterable[Agency]) -> dict[str, dict[str, int]]:
    """For each agency its rows: meeting number to visitor's number. Raises NotItsKey or BadFile."""
    from kiosk.desk.merging.list_files import rows_of

    found: dict[str, dict[str, int]] = {each.code: {} for each in agencies}
    for path in keys:
        for row in rows_of(path, _COLUMNS):
            number, own, agency, merged_list = row.cells
            if merged_list != meeting.list_id or number not in meeting.place:
                raise NotItsKey(f"{path.name} is the key of another list.")
            if agency not in found:
                raise NotItsKey(f"{path.name} is of an agency without a public key here.")
            if not (own.isdecimal() and valid(int(own))):
                raise NotItsKey(f"{path.name}, row {row.line}: that is no visitor's number.")
            found[agency][number] = int(own)
    return found


def next_serial(meeting: Meeting, now: datetime) -> int:
    """Greater than the last one and than the minutes since 2020, so that a restored copy never repeats one."""
    return max(meeting.serial + 1, int((now - _EPOCH).total_seconds() // 60))


def files(
    meeting: Meeting, link: Mapping[str, Mapping[str, int]], agencies: Iterable[Agency], day: date
) -> dict[str, bytes]:
    """A file for every agency, by its code, under the meeting's present serial."""
    key = Ed25519PrivateKey.from_private_bytes(meeting.signing_seed)
    signer = key.public_key().public_bytes_raw()
    made = {}
    for agency in agencies:
        entries = tuple(
            entry for number, own in link[agency.code].items() if (entry := _entry(meeting, number, own)) is not None
        )
        key_id = agency.recipient.key_id
        content = ReturnFile(signer, meeting.area, agency.code, key_id, meeting.serial, day, entries)
        body = pack(content)
        made[agency.code] = seal(body + key.sign(signed(LABEL, body)), agency.recipient)
    return made


def write_all(file: MeetingFile, keys: Sequence[Path], agencies: Sequence[Agency], folder: Path) -> Iterator[str]:
    """Write a file for every agency into `folder` and read each back; yields a line for each.

    The serial is kept before anything is written, so that none is ever given twice. Raises NotItsKey or KioskError.
    """
    meeting = file.meeting
    link = links(meeting, keys, agencies)
    meeting.serial = next_serial(meeting, datetime.now(UTC))
    file.save()
    folder.mkdir(mode=0o700, exist_ok=True)
    for code, raw in files(meeting, link, agencies, date.today()).items():
        path = folder / f"{code}-{meeting.serial}.return"
        write_private(path, raw, replace=False)
        if path.read_bytes() != raw:
            raise NotWritten(f"{path.name} does not give back what was written.")
        yield f"{path.name}: {len(link[code])} rows of this list are theirs, {len(raw):,} bytes, read back"
    yield f"The list's check, to be read out by voice once: {of_signer(public_key(meeting))}"


def _entry(meeting: Meeting, number: str, own: int) -> Entry | None:
    """How somebody stands; nothing of who simply waits."""
    person = meeting.person(number)
    if person.state is State.WAITING:
        return None
    vacancy = meeting.vacancies.get(person.vacancy)
    return Entry(own, person.state.word, vacancy.project_type if vacancy else 0, person.answer_by)
