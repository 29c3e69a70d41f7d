"""Around a kiosk that serves: no network, no folder to put anything, and a pack that somebody rewrites meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults import station
from tests.faults.visitor import HOME, Visitor
from tests.own_world import alone

BARE = """
for folder in /tmp /var/tmp /dev/shm; do
  case "$1" in $folder/*) ;; *) mount -t tmpfs -o ro,size=4k tmpfs "$folder" || exit 99 ;; esac
done
shift
umask 000
exec "$@"
"""


@pytest.mark.tool("unshare", "mount", "namespaces")
def test_a_sitting_needs_no_network_and_no_folder_of_its_own(short: Path) -> None:
    """J5, J10: no network, not one temporary folder to write to, no home, umask 0: kept all the same."""
    apart = [*alone("--net"), "sh", "-c", BARE, "sh", str(short)]
    nowhere = {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"}
    with Visitor(short, before=apart, extra=nowhere) as visitor:
        assert "tmpfs /dev/shm tmpfs ro" in Path(f"/proc/{visitor.supervisor}/mounts").read_text()
        visitor.go_to_review()
        kept = visitor.keep()
        visitor.leave()
        assert visitor.quit() == 0
        assert visitor.kept() == [kept]
    open_to_others = [path for path in short.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []


@pytest.mark.parametrize("with_what", ["garbage", "gone"])
def test_a_pack_that_changes_under_a_sitting_changes_nothing(short: Path, with_what: str) -> None:
    """G3: a pack that is rewritten or removed meanwhile: this visitor and the next have the checked one."""
    with Visitor(short) as visitor:
        visitor.wait_for(HOME)
        first = visitor.live()
        assert station.way(short)  # looks into the pack, while there is one
        pack = short / "packs" / station.SHORT
        if with_what == "gone":
            shutil.rmtree(pack)
        else:
            (pack / "pack.toml").write_text("= [[")
        visitor.go_to_review()
        visitor.leave()
        visitor.gone(first)
        visitor.go_to_review()
        assert visitor.kept() == []
        assert visitor.keep() in visitor.kept()
