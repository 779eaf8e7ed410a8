"""A signature drawn on the screen: SVG path data in, a picture for the typesetter out."""

import re

INK = "#222222"
MARGIN = 4.0  # of the pen, around the drawing
PEN = 2.2
PART = re.compile(r"[MmLlHhVvCcSsQqTtZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\S")
# How many numbers each command takes at a time. Arcs are not drawn by hand.
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}


def drawing_svg(path: str) -> str | None:
    """The path as an SVG picture cut to its size; None for an empty path, or for what is none."""
    parts = PART.findall(path.replace(",", " "))
    points = _points(parts)
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    width, height = max(xs) + MARGIN - left, max(ys) + MARGIN - top
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}">'
        f'<path d="{" ".join(parts)}" fill="none" stroke="{INK}" stroke-width="{PEN}"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _points(parts: list[str]) -> list[tuple[float, float]]:
    """Every point that the path names, control points too; empty when it is not a path."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    at = 0
    while at < len(parts):
        command = parts[at]
        takes = TAKES.get(command.upper())
        if takes is None or (at == 0 and command.upper() != "M"):
            return []
        at += 1
        while True:
            try:
                given = [float(part) for part in parts[at : at + takes]]
            except ValueError:
                return []
            if len(given) < takes:
                return []
            at += takes
            base = (x, y) if command.islower() else (0.0, 0.0)
            for along, down in _pairs(command.upper(), given, base, (x, y)):
                points.append((along, down))
                x, y = along, down
            if takes == 0 or at >= len(parts) or parts[at].upper() in TAKES:
                break
    return points


def _pairs(
    command: str, given: list[float], base: tuple[float, float], here: tuple[float, float]
) -> list[tuple[float, float]]:
    if command == "H":
        return [(base[0] + given[0], here[1])]
    if command == "V":
        return [(here[0], base[1] + given[0])]
    return [(base[0] + a, base[1] + b) for a, b in zip(given[::2], given[1::2], strict=True)]
