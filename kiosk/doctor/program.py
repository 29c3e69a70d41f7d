"""The program itself: whether what runs here is what was built."""

from __future__ import annotations

from kiosk.doctor.finding import Finding, Host, broken, good, note


def the_program_is_as_it_was_built(host: Host) -> Finding:
    """Every file by its hash, and every compiled file by compiling its source again (a second or two)."""
    from kiosk.errors import KioskError
    from kiosk.launch import bytecode, integrity

    try:
        integrity.check()
        bytecode.compare()
    except KioskError as error:
        return broken(str(error), error.hint)
    if integrity.read_list() is None:
        return note(
            "This is a checkout: whoever can write to its folders changes what visitors meet.",
            "Install a station from what was built, as docs/operator.md says.",
        )
    return good("Every file of the program is as it was built.")
