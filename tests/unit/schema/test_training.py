"""When a yearly training is current, due soon or overdue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schema.training import ITEMS, Standing, Training, after_months, needs


def standing(day: date, today: date) -> Standing:
    """How the first yearly training stands that was last held on `day`."""
    return needs([Training("S-01", "dv-sv", day, "VSP-1")], today)[0].standing


@pytest.mark.parametrize("day", [date(2025, 1, 31), date(2024, 2, 29), date(2025, 12, 1)])
def test_amber_at_eleven_months_red_at_twelve(day: date) -> None:
    """MO-06: due soon from eleven months, overdue from twelve, to the day."""
    amber, red, one = after_months(day, 11), after_months(day, 12), timedelta(days=1)
    assert standing(day, day) is standing(day, amber - one) is Standing.CURRENT
    assert standing(day, amber) is standing(day, red - one) is Standing.DUE_SOON
    assert standing(day, red) is standing(day, red + 300 * one) is Standing.OVERDUE


def test_months_end_where_they_end() -> None:
    """A month later than the 31st is the last day of a shorter month."""
    assert after_months(date(2026, 3, 31), 11) == date(2027, 2, 28)
    assert after_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_the_latest_counts_and_none_is_named() -> None:
    """MO-06, MO-07: each code has every item; the latest day counts, one to come does not, a missing one is said."""
    today = date(2026, 11, 22)
    entries = [
        Training("S-01", "dv-sv", date(2024, 1, 1), "VSP-1"),
        Training("S-01", "dv-sv", date(2026, 6, 1), "VSP-2"),
        Training("S-01", "dv-sv", date(2026, 12, 1), "VSP-3"),
    ]
    found = needs(entries, today)
    assert [(need.item, need.standing) for need in found] == [
        ("dv-sv", Standing.CURRENT),
        ("vawa-transfers", Standing.NEVER),
    ]
    assert found[0].last == entries[1] and found[0].due == date(2027, 6, 1)
    assert [need.item for need in found] == list(ITEMS)


@pytest.mark.parametrize(
    ("field", "value"), [("code", "Jane"), ("item", "a talk"), ("trained_by", "the agency"), ("day", date(1999, 1, 1))]
)
def test_what_is_no_entry_is_refused_by_its_field(field: str, value: object) -> None:
    """P6: codes only; the fault names the field and not the value."""
    fields = {"code": "S-01", "item": "dv-sv", "day": date(2026, 1, 1), "trained_by": "VSP-1", field: value}
    with pytest.raises(ValueError, match=field) as caught:
        Training(**fields)  # type: ignore[arg-type]
    assert str(value) not in str(caught.value)
