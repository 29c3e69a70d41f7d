from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.priority import profile as profiles
from kiosk.priority.profile import HUD_GENERIC_1, ProfileFault, load

PROFILE = load(HUD_GENERIC_1)


def test_the_fingerprint_follows_the_rules_alone() -> None:
    """MO-05: any rule changed changes the fingerprint; comments and spaces do not. The shipped one stays as it is."""
    raw = HUD_GENERIC_1.read_bytes()
    assert PROFILE.fingerprint == "0b09a17dca43ce74"
    assert load(b"# more\n" + raw.replace(b"\n\n", b"\n\n\n")).fingerprint == PROFILE.fingerprint
    changes = [
        (b"points = 4", b"points = 5"),
        (b"codes = [116]", b"codes = [118]"),
        (b"score_band = 3", b"score_band = 4"),
        (b'order = ["chronic", "months"', b'order = ["months", "chronic"'),
        (b'why = "veteran"', b'why = "served"'),
        (b'hud-generic-1"', b'hud-generic-x"'),
        (b"\nband = 3", b"\nband = 4"),
    ]
    prints = {load(raw.replace(old, new, 1)).fingerprint for old, new in changes}
    assert len(prints) == len(changes) and PROFILE.fingerprint not in prints


def test_the_default_is_hud_s_own_order() -> None:
    """The shipped profile stays what it is, ranks by the computed keys, has no points, and is no older one."""
    default = load()
    assert (default.name, default.fingerprint) == ("hud-generic-2", "e72cf25ba59b746c")
    assert default.order == ("chronic", "length", "unsheltered") and default.points == ()
    assert PROFILE.fingerprint in profiles.OLDER and default.fingerprint not in profiles.OLDER


@pytest.mark.parametrize("computed", [b'["chronic", "shoe"]', b'["unsheltered"]', b'["chronic", "chronic"]', b"[]"])
def test_a_computed_key_is_one_that_can_be(computed: bytes) -> None:
    """Only the keys of HUD's test are computed, each once, and none that is said by conditions too."""
    raw = profiles.HUD_GENERIC_2.read_bytes()
    with pytest.raises(ProfileFault):
        load(raw.replace(b'computed = ["chronic", "length"]', b"computed = " + computed))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"codes = [1]", b"codes = [99]"),
        (b"codes = [1]", b"codes = [8]"),
        (b"codes = [1]", b"codes = [7]"),
        (b"codes = [1]", b"codes = []"),
        (b"codes = [1]", b"codes = [true]"),
        (b'factor = "disabling_condition"', b'factor = "pathway"'),
        (b'factor = "disabling_condition"', b'factor = "month"'),
        (b'order = ["chronic"', b'order = ["number"'),
        (b'order = ["chronic"', b'order = ["months"'),
        (b"score_band = 3", b"score_band = 0"),
        (b"points = 4", b"points = 70000"),
        (b"points = 4", b"points = -4"),
        (b"points = 4", b'points = "4"'),
        (b'name = "hud-generic-1"', b"name = 1"),
        (b"version = 1", b""),
        (b"[[points]]", b"[[points]]\nwhen = 2026-11-01"),
        (b"name =", b"extra = 1\nname ="),
        (b"[[points]]", b"[[points"),
    ],
)
def test_a_profile_that_cannot_be(old: bytes, new: bytes) -> None:
    """A profile that scores an unknown, a pathway or a time, or is broken, is refused with a sentence and a hint."""
    raw = HUD_GENERIC_1.read_bytes()
    assert old in raw
    with pytest.raises(ProfileFault) as caught:
        load(raw.replace(old, new, 1))
    assert str(caught.value).endswith(".") and caught.value.hint


@given(st.binary())
def test_other_bytes_are_no_profile(raw: bytes) -> None:
    """Whatever lies in a profile's place is refused with one kind of error."""
    with pytest.raises(ProfileFault):
        load(raw)


def test_a_huge_profile_is_not_read() -> None:
    """A file of any size is refused."""
    with pytest.raises(ProfileFault):
        load(b"#" * (profiles.LONGEST + 1))
