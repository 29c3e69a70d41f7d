"""Every check of this host, in the order in which an operator would mend."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.doctor import account, disk, ledger, memory, program, providers, region, station, terminal, voice, walls
from kiosk.doctor.finding import Finding, Host, Severity, broken, note
from kiosk.errors import ExitCode

WISHES: tuple[Callable[[Host], Finding], ...] = (
    program.the_program_is_as_it_was_built,
    station.the_settings_are_whole,
    station.the_database_is_whole,
    station.records_are_sealed_to_known_keys,
    station.removals_come_in_order,
    station.no_private_key_lies_beside_a_kiosk,
    station.the_pack_can_be_used,
    station.the_packs_words_are_fresh,
    providers.the_numbers_were_called,
    providers.somebody_plans_for_safety_in_every_county,
    providers.every_county_has_a_provider,
    providers.the_providers_were_called,
    providers.somebody_can_be_asked_with_a_number,
    providers.the_providers_are_known,
    providers.special_populations_are_served,
    station.the_printer_is_there,
    region.the_regions_server_answers,
    region.the_regions_log_holds_no_record,
    region.the_region_does_not_know_who_came_when,
    region.the_regions_records_last,
    region.the_station_can_only_add_and_read,
    region.the_station_sees_nobody_else,
    region.nobody_listens_on_the_way_to_the_region,
    ledger.no_paper_is_unaccounted_for,
    ledger.the_staff_are_trained,
    voice.the_voice_is_there,
    disk.only_this_user_reaches_the_folder,
    disk.there_is_room,
    disk.the_disk_is_encrypted,
    disk.the_clock_is_right,
    memory.the_user_is_not_root,
    memory.memory_is_never_swapped_in_clear,
    memory.crashes_write_no_memory,
    memory.others_cannot_debug,
    memory.buffers_can_be_locked,
    memory.freed_pages_are_zeroed,
    walls.files_are_walled_off,
    walls.system_calls_are_filtered,
    walls.a_sitting_has_no_network,
    terminal.the_terminal_is_known,
    terminal.nothing_records_the_terminal,
    terminal.the_terminal_speaks_utf_8,
    terminal.the_font_has_every_glyph,
    terminal.the_terminal_has_colours,
    account.the_account_cannot_become_root,
    account.no_shell_remembers_numbers,
    account.no_agent_is_forwarded,
    account.nobody_else_uses_the_account,
    account.nothing_is_planted_in_the_environment,
    account.developers_tools_are_not_here,
)
"""One function for each wish, named as the wish."""

OF_A_STATION = frozenset(
    {
        station.the_settings_are_whole,
        station.the_database_is_whole,
        station.records_are_sealed_to_known_keys,
        station.removals_come_in_order,
        station.the_pack_can_be_used,
        station.the_packs_words_are_fresh,
        providers.the_numbers_were_called,
        providers.somebody_plans_for_safety_in_every_county,
        providers.every_county_has_a_provider,
        providers.the_providers_were_called,
        providers.somebody_can_be_asked_with_a_number,
        providers.the_providers_are_known,
        providers.special_populations_are_served,
        station.the_printer_is_there,
        voice.the_voice_is_there,
    }
)
"""Wishes that have no meaning before a kiosk is set up."""

STATUS = {Severity.NOTE: ExitCode.DONE, Severity.WEAK: ExitCode.REFUSED, Severity.BROKEN: ExitCode.ENVIRONMENT}
"""How the command ends, by the worst that was found."""

_MARKS = {Severity.NOTE: "note", Severity.WEAK: "WEAK", Severity.BROKEN: "BROKEN"}
_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Checked:
    """One wish and what was found."""

    wish: str
    finding: Finding


def check_up(host: Host, wishes: Sequence[Callable[[Host], Finding]] = WISHES) -> list[Checked]:
    """Ask every check. One that fails itself is a finding, and ends nothing."""
    return [Checked(wish.__name__.replace("_", " "), _ask(wish, host)) for wish in wishes]


def _ask(wish: Callable[[Host], Finding], host: Host) -> Finding:
    if wish in OF_A_STATION and not host.place.set_up:
        return note("No kiosk is set up here.", "Run `kiosk setup`.")
    try:
        return wish(host)
    except Exception as error:  # the name alone: a message could hold what stands in a file
        return broken(f"This could not be looked at ({type(error).__name__}).", "Say so to whoever made the kiosk.")


def worst(checked: Sequence[Checked]) -> Severity:
    """The worst severity of all that is not fulfilled."""
    return max((each.finding.severity for each in checked if not each.finding.fulfilled), default=Severity.NOTE)


def as_json(checked: Sequence[Checked]) -> str:
    """All of it as one JSON object."""
    return json.dumps(
        {
            "worst": worst(checked).name.lower(),
            "checks": [
                {
                    "wish": each.wish,
                    "fulfilled": each.finding.fulfilled,
                    "severity": None if each.finding.fulfilled else each.finding.severity.name.lower(),
                    "said": each.finding.said,
                    "mend": each.finding.mend or None,
                }
                for each in checked
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def as_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """All of it for a person: what is not as wished first, each with its mend, then what is."""
    amiss = sorted((each for each in checked if not each.finding.fulfilled), key=lambda each: -each.finding.severity)
    for each in amiss:
        yield from _wrapped(f"{_MARKS[each.finding.severity]:<7}", f"{each.wish}: {each.finding.said}")
        yield from _wrapped(" " * 7, f"-> {each.finding.mend}")
    for each in checked:
        if each.finding.fulfilled:
            yield from _wrapped("ok     ", f"{each.wish}: {each.finding.said}")
    count = {severity: sum(each.finding.severity == severity for each in amiss) for severity in Severity}
    yield ""
    yield (
        f"{len(checked)} checks: {count[Severity.BROKEN]} broken, {count[Severity.WEAK]} weak, "
        f"{count[Severity.NOTE]} to note, {len(checked) - len(amiss)} as wished."
    )


def _wrapped(mark: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=mark, subsequent_indent=" " * 7, break_on_hyphens=False)
