"""How far something has come, in letters that every console has."""

from __future__ import annotations


def bar(done: int, total: int, width: int) -> str:
    """A bar of `width` letters with the percentage behind it: `[#####.....]  50 %`."""
    full = done * width // total if total else width
    percent = done * 100 // total if total else 100
    return f"[{'#' * full}{'.' * (width - full)}] {percent:>3} %"
