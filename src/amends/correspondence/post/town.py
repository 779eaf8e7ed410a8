"""Where a letter goes, in one line."""


def town_of(address: str) -> str:
    """The end of a postal address, without street and house number where there is more than one line."""
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    return ", ".join(lines[1:][-2:] if len(lines) > 1 else lines)
