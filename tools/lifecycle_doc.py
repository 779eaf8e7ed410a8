"""Writes docs/lifecycle.md from rules/lifecycle.py, so that the page cannot say anything else.

python -m tools.lifecycle_doc           write it
python -m tools.lifecycle_doc --check   1 if it is not what the code says
"""

import sys
from pathlib import Path

from django.conf import settings
from django.utils import translation

from amends.cases import words
from amends.rules.deadlines import PROMISES, ClockKind
from amends.rules.lifecycle import MAIN_WAY, OPEN, STEPS, Reason, Stage, Step

PAGE = Path(__file__).resolve().parent.parent / "docs" / "lifecycle.md"
HEAD = """# The process

Made from `src/amends/rules/lifecycle.py` by `make docs`; change it there. The diagram leaves out the steps
that lead from every open stage to a side exit, and the way back; the table has them.
"""


def page() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        parts = [HEAD, _diagram(), _moving(), _staying(), _reasons(), _clocks()]
    return "\n".join(parts)


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> received: Register"]
    lines += [f"    {stage.value}: {words.STAGES[stage]}" for stage in Stage]
    for step in STEPS.values():
        if step.target and len(step.sources) < len(OPEN):
            lines += [
                f"    {source.value} --> {step.target.value}: {words.STEPS[step.name]}"
                for source in Stage
                if source in step.sources and source in OPEN
            ]
    lines += [f"    {stage.value} --> [*]" for stage in Stage if stage not in OPEN]
    return "\n".join([*lines, "```", ""])


def _moving() -> str:
    lines = [
        "## Steps that lead on",
        "",
        "| step | on the button | from → to | who | refused for | clocks started | clocks stopped | event |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for step in STEPS.values():
        if step.target:
            way = f"{_stages(step.sources)} → {step.target.value}"
            lines.append(_row(step, way, _names(step.starts), _names(step.stops)))
    return "\n".join([*lines, ""])


def _staying() -> str:
    lines = [
        "## Steps done where the complaint stands",
        "",
        "| step | on the button | at | who | refused for | event |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(step, _stages(step.sources)) for step in STEPS.values() if not step.target]
    return "\n".join([*lines, ""])


def _row(step: Step, way: str, *clocks: str) -> str:
    guards = ", ".join(f"`{guard.__name__}`" for guard in step.guards) or "–"
    cells = (
        f"`{step.name}`",
        str(words.STEPS[step.name]),
        way,
        _who(step),
        guards,
        *clocks,
        f"`{step.event}`",
    )
    return f"| {' | '.join(cells)} |"


def _who(step: Step) -> str:
    who = [f"staff who may {step.needs.value}"] if step.needs else []
    who += ["the customer"] if step.customer else []
    return ", ".join(who) or "the program"


def _stages(stages: frozenset[Stage]) -> str:
    if stages == frozenset(Stage):
        return "any"
    if stages == OPEN:
        return "any open"
    if stages == frozenset(Stage) - OPEN:
        return "any ended"
    return ", ".join(stage.value for stage in Stage if stage in stages) or "–"


def _names(clocks: tuple[ClockKind, ...]) -> str:
    return "all" if len(clocks) == len(ClockKind) else ", ".join(kind.value for kind in clocks) or "–"


def _reasons() -> str:
    lines = ["## Why a step is refused", "", "| reason | what people read |", "|---|---|"]
    lines += [f"| `{reason.value}` | {words.REASONS[reason]} |" for reason in Reason]
    return "\n".join([*lines, ""])


def _clocks() -> str:
    lines = [
        "## Clocks",
        "",
        "The house’s own promises, in calendar days. An offer or an agreement may set another time;",
        "the clock remembers which rule it came from.",
        "",
        "| clock | what it asks for | promise |",
        "|---|---|---|",
    ]
    lines += [f"| `{kind.value}` | {words.CLOCKS[kind]} | {PROMISES[kind].days} d |" for kind in ClockKind]
    way = " → ".join(stage.value for stage in MAIN_WAY)
    return "\n".join([*lines, "", f"The main way: {way}.", ""])


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is fresh."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    new = page()
    if "--check" in arguments:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == new
        if not fresh:
            print("docs/lifecycle.md is not what rules/lifecycle.py says: run `make docs`")
        return 0 if fresh else 1
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
