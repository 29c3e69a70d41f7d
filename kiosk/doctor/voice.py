"""The check of what reads aloud."""

from __future__ import annotations

from kiosk.doctor.finding import Finding, Host, broken, good, weak
from kiosk.errors import KioskError
from kiosk.speech import program


def the_voice_is_there(host: Host) -> Finding:
    """Where reading aloud is set, the program that reads is installed."""
    try:
        speech = host.station.speech
    except KioskError as error:
        return broken(str(error), error.hint)
    if speech == "off":
        return good("Nothing is read aloud.")
    if program.find(speech) is None:
        return weak(f"{program.MISSING}.", program.MEND)
    return good("espeak-ng reads aloud, once a visitor says that headphones are in.")
