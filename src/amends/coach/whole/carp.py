"""CARP: take control, acknowledge, refocus, problem-solve (mission D1), and in this order."""

from collections.abc import Mapping, Sequence

from amends.coach.whole.letter import Line, Place, body

CONTROL, ACKNOWLEDGE, REFOCUS, SOLVE = "control", "acknowledge", "refocus", "problem-solve"
STEPS = (CONTROL, ACKNOWLEDGE, REFOCUS, SOLVE)


def carp(lines: Sequence[Line]) -> dict[str, list[Place]]:
    """Where in the draft each step is taken."""
    places: dict[str, list[Place]] = {step: [] for step in STEPS}
    for line in body(lines):
        for step in steps_of(line):
            places[step].append(line.place)
    return places


def steps_of(line: Line) -> list[str]:
    """The steps that one sentence takes."""
    cues = line.cues
    taken = []
    if "control" in cues:
        taken.append(CONTROL)
    if "acknowledge" in cues:
        taken.append(ACKNOWLEDGE)
    if "refocus" in cues or "reason" in cues:
        taken.append(REFOCUS)
    if line.promises or "prevention" in cues or ("contact" in cues and line.timed):
        taken.append(SOLVE)
    return taken


def missing(places: Mapping[str, Sequence[Place]]) -> list[str]:
    """The codes of the steps that are not taken, and of a solution before the customer was heard."""
    codes = [f"carp-{step}" for step in STEPS if not places[step]]
    heard, solved = places[ACKNOWLEDGE], places[SOLVE]
    if heard and solved and solved[0] < heard[0]:
        codes.append("carp-order")
    return codes
