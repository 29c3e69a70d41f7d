"""The last look: what is new, changed and gone, from a file that tells a thief nothing of it."""

from __future__ import annotations

import stat
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.keys.derivation import new_seed
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records import seen_marks
from kiosk.desk.records.seen_marks import FILE, Difference
from tests.made_up import SEED, SEEDS

Lot = dict[int, bytes]
LOTS = st.dictionaries(st.integers(10_000_000, 10_000_040), st.binary(min_size=1, max_size=3), max_size=30)


def compared(folder: Path, seeds: Seeds, now: Lot) -> Difference | None:
    look = seen_marks.read(folder, seeds)
    if look is None:
        return None
    found = Difference()
    for _ in look.compare(now.items(), found):
        pass
    return found


@settings(max_examples=60)
@given(before=LOTS, now=LOTS)
def test_new_changed_and_gone_are_told(tmp_path_factory: object, before: Lot, now: Lot) -> None:
    """Of any two lists, what came and what changed is told by number, what went by how many."""
    folder = tmp_path_factory.mktemp("look")  # type: ignore[attr-defined]
    seen_marks.keep(folder, SEED, before.items())
    found = compared(folder, SEEDS, now)
    assert found is not None
    assert found.new == now.keys() - before.keys()
    assert found.changed == {number for number in now.keys() & before.keys() if now[number] != before[number]}
    assert found.gone == len(before.keys() - now.keys())


def test_the_file_is_private_and_tells_nothing(tmp_path: Path) -> None:
    """0600; no number and no inside is in it; of up to 256 records every file has one length, and no two are alike."""
    lots = [{}, {12_345_674: b"inside"}, dict.fromkeys(range(10000000, 10000256), b"inside")]
    kept = []
    for lot in [*lots, lots[1]]:
        seen_marks.keep(tmp_path, SEED, lot.items())
        kept.append((tmp_path / FILE).read_bytes())
        assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert len({len(each) for each in kept}) == 1 and len(set(kept)) == len(kept)
    for each in kept:
        assert b"inside" not in each and (12_345_674).to_bytes(4, "big") not in each and b"12345674" not in each
    common = {kept[1][at : at + 8] for at in range(16, len(kept[1]) - 8)} & {
        kept[3][at : at + 8] for at in range(16, len(kept[3]) - 8)
    }
    assert not common, "two copies of one look share bytes: whoever has both could tell what stayed"


def test_without_the_seed_there_is_no_look(tmp_path: Path) -> None:
    """Another provider's key reads nothing of it; during a rotation either key does; damage is no look."""
    assert seen_marks.read(tmp_path, SEEDS) is None
    seen_marks.keep(tmp_path, SEED, {10_000_000: b"a"}.items())
    assert seen_marks.read(tmp_path, Seeds(new_seed())) is None
    rotating = compared(tmp_path, Seeds(new_seed(), SEED), {10_000_000: b"a"})
    assert rotating is not None and not rotating.new and not rotating.changed and rotating.gone == 0
    raw = bytearray((tmp_path / FILE).read_bytes())
    raw[-1] ^= 1
    (tmp_path / FILE).write_bytes(raw)
    assert seen_marks.read(tmp_path, SEEDS) is None
