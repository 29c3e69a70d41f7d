"""What an operator is told of removals that another machine asks for: nobody has signed them, so none is made."""

from __future__ import annotations

from collections.abc import Iterator


def removals_refused(asker: str, asked: int, meant: int) -> Iterator[str]:
    """The account of `asked` removals, which mean `meant` records here, and what to do about them."""
    counted = f"Removals that the {asker} asks for: {asked:,}. Records here that they mean: {meant:,}."
    yield f"{counted} None was carried out."
    yield (
        "Hint: any station can write such marks. Remove a record with `kiosk withdraw NUMBER`, or old ones with "
        "`kiosk purge`, on a machine that has the provider's key."
    )
