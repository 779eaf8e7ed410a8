"""Saying where something was sent, without saying the whole address to whoever looks on."""


def masked(email: str) -> str:
    """``clara@example.org`` as ``c…@e….org``; nothing for nothing."""
    name, at, domain = email.partition("@")
    if not at:
        return ""
    first, _, ending = domain.rpartition(".")
    return f"{name[:1]}…@{(first or ending)[:1]}…" + (f".{ending}" if first else "")
