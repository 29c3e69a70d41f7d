"""What a guess costs, as it is written down: nobody lowers it without this test (W2)."""

from __future__ import annotations

from kiosk.news.opening import slow_key, tag_and_key

CHECK = bytes.fromhex("48f0a1b2c3d4e5f6")


def test_the_slow_step_is_argon2id_over_64_mib_in_three_passes() -> None:
    """The bytes come from the reference C library of Argon2, asked for t=3, m=65536 and p=1: number and words lead
    there for ever.
    """
    slow = slow_key(10_000_005, CHECK, bytes(range(16)), bytes(range(16, 48)))
    assert slow.hex() == "f0c5972264a49b555580b1df0dcda213f8c3e05ce3d7b49039af6857867c67bd"


def test_tag_and_key_are_hkdf_with_a_label_each() -> None:
    """RFC 5869 by hand: extract with a salt of zeros, expand by label and 1."""
    import hmac

    slow = bytes(range(32))
    middle = hmac.digest(bytes(32), slow, "sha256")
    expected = (hmac.digest(middle, b"tag\1", "sha256")[:16], hmac.digest(middle, b"body\1", "sha256"))
    assert tag_and_key(slow) == expected
