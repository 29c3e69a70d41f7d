"""A mapping for a flat list, proposed from its headers and values, to be gone over by whoever holds the list."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from kiosk.desk.merging.export_files import shown
from kiosk.desk.merging.list_files import headers_of
from kiosk.desk.merging.mapping import never_read

_MOST_VALUES: Final = 30
"""Different values of a column that are listed; a column with more holds no codes."""
_IDS: Final = ("unique id", "client id", "personalid", "personal id", "hmis id", "home-base id", "household id", "id")
_WORDS: Final = {
    "living_situation": ("current situation", "living situation", "sleeping", "location type"),
    "length_of_stay": ("length of stay",),
    "times_homeless": ("times homeless", "occurrences", "episodes"),
    "months_homeless": ("months homeless", "days homeless"),
    "household_size": ("household size", "family size"),
    "household_type": ("household type", "family of"),
    "age_band": ("youth", "transition age", "age less than 24"),
    "veteran": ("veteran",),
    "disabling_condition": ("disabling", "disabled", "disability"),
}
"""Words of a header that speak for a ranking factor."""
_YES_NO: Final = {"yes": 1, "y": 1, "true": 1, "1": 1, "no": 0, "n": 0, "false": 0, "0": 0}
_PLACES: Final = {
    "unsheltered": 116, "street": 116, "not meant": 116, "outside": 116, "car": 116, "emergency shelter": 101,
    "shelter": 101, "safe haven": 118, "transitional": 302, "hotel": 314, "family": 335, "friend": 336,
    "doubled": 336, "jail": 207, "prison": 207, "hospital": 206, "rental": 410, "rent": 410, "owned": 411,
}  # fmt: skip
_COUNTS: Final = {
    "times_homeless": "[[0, 99], [1, 1], [2, 2], [3, 3], [4, 4]]",
    "months_homeless": "[[0, 99], [1, 101], " + ", ".join(f"[{n}, {100 + n}]" for n in range(2, 14)) + "]",
    "household_size": "[[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]",
}


def propose(path: Path) -> str:
    """A mapping file. What it cannot tell stands in it as a comment: nothing is lost in silence."""
    headers, rows = headers_of(path)
    values = {name: Counter(row[at].strip() for row in rows if at < len(row)) for at, name in enumerate(headers)}
    for counted in values.values():
        counted.pop("", None)
    lines = [f"# Proposed from the headers of {shown(path)}. Go over every line before you use it.", "", "[list]"]
    lines += [f"id = {_quoted(_id_of(headers))}", ""]
    used = {_id_of(headers)}
    for factor, words in _WORDS.items():
        found = next(
            (name for name in headers if name not in used and _speaks(name, words) and not never_read(name)), None
        )
        if found is not None:
            used.add(found)
            lines += _factor(factor, found, values[found])
    lines += ["# Columns that are not read:"]
    lines += [
        f"#   {name!a}{' (never: it could tell who somebody is)' * never_read(name)}"
        for name in headers
        if name and name not in used
    ]
    return "\n".join(lines)


def _id_of(headers: list[str]) -> str:
    folded = {name.casefold(): name for name in headers}
    for words in _IDS:
        for name, whole in folded.items():
            if name == words or name.endswith(words):
                return whole
    return headers[0]


def _speaks(name: str, words: tuple[str, ...]) -> bool:
    return any(word in name.casefold() for word in words)


def _factor(factor: str, name: str, values: Counter[str]) -> list[str]:
    lines = [f"[list.factors.{factor}]", f"column = {_quoted(name)}"]
    codes: dict[str, int] = {}
    unknown: list[str] = []
    for value, count in values.most_common(_MOST_VALUES):
        code = _code(factor, value)
        if code is not None:
            codes[value] = code
        elif not (factor in _COUNTS and _is_number(value)):
            unknown.append(f"#   {value[:40]!a}: {count} cells; what is it?")
    if codes:
        lines.append("codes = { " + ", ".join(f"{_quoted(value)} = {code}" for value, code in codes.items()) + " }")
    if factor in _COUNTS:
        per_day = factor == "months_homeless" and "day" in name.casefold()
        lines.append("# days: thirty are a month" if per_day else "")
        counts = _COUNTS[factor] if not per_day else "[[0, 99], " + ", ".join(
            f"[{1 + 30 * (n - 1)}, {100 + n}]" for n in range(1, 13)
        ) + ", [366, 113]]"  # fmt: skip
        lines.append(f"at_least = {counts}")
    if len(values) > _MOST_VALUES and factor not in _COUNTS:
        unknown.append(f"#   and {len(values) - _MOST_VALUES} more values: is this column what it seems?")
    return [each for each in lines if each] + unknown + [""]


def _code(factor: str, value: str) -> int | None:
    said = value.casefold()
    if factor == "living_situation":
        return next((code for word, code in _PLACES.items() if word in said), None)
    if factor in ("veteran", "disabling_condition"):
        return _YES_NO.get(said)
    if factor == "household_type":
        return {1: 3, 0: 1}.get(_YES_NO.get(said, -1))
    if factor == "age_band":
        return {1: 2, 0: 99}.get(_YES_NO.get(said, -1))
    if factor == "times_homeless" and "four" in said:
        return 4
    if factor == "months_homeless" and "more than 12" in said:
        return 113
    return None


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _quoted(text: str) -> str:
    """Text as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
