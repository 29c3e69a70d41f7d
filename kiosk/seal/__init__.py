"""The sealed record's bytes: codec, padding, sealing to public keys."""
