"""Opaque names for things that stand in URLs: nothing can be guessed or counted from them."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: a key can be read out on the phone


def new_key() -> str:
    """A random key of 16 letters and digits (about 79 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))
