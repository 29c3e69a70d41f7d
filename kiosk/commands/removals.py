"""What an operator is told of a provider's removal list, and asked before it takes much away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.vault.obeying import Obeyed


def agreed(going: int, of: int) -> bool:
    """Whether so many records may go: few always; more when somebody at a terminal types how many."""
    from kiosk.vault.obeying import few

    if few(going, of):
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"The provider's removal list asks for {going:,} of the {of:,} records here.", file=sys.stderr)
    print("Type their number to have them removed, or Enter to leave everything as it is: ", end="", file=sys.stderr)
    sys.stderr.flush()
    return sys.stdin.readline().strip() == str(going)


def heard(obeyed: Obeyed) -> Iterator[str]:
    """The account of a removal list."""
    from kiosk.vault.obeying import Heard

    if obeyed.heard is Heard.DONE:
        yield f"Removed here, as the provider's list {obeyed.serial} asks: {obeyed.removed:,}."
    elif obeyed.heard is Heard.OLDER:
        yield f"The removal list {obeyed.serial} is older than one that was obeyed here. None was carried out."
    elif obeyed.heard is Heard.STRANGE:
        yield "The removal list is not signed by this station's provider. None was carried out."
        yield "Hint: ask the provider, by voice, where the file comes from."
    elif obeyed.heard is Heard.UNKNOWN_SIGNER:
        yield "This station does not know its provider's signature yet, so no removal was carried out."
        yield "Hint: on the provider's machine `kiosk region --again --station LABEL FILE`, and here"
        yield "`kiosk region --take FILE`."


def refused(obeyed: Obeyed) -> bool:
    """Whether a removal list came that this machine could not obey."""
    from kiosk.vault.obeying import Heard

    return obeyed.heard in (Heard.STRANGE, Heard.OLDER, Heard.UNKNOWN_SIGNER)


def marks_passed_over(marks: int) -> Iterator[str]:
    """The account of marks that a file of an older version holds."""
    yield f"Removals that the file asks for without a signature: {marks:,}. None was carried out."
