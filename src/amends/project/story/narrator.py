"""How the story looks in the terminal: time, who, what; the way from stage to stage; clocks; the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from amends.cases.actions import Refused
from amends.cases.models import Clock, Complaint
from amends.cases.words import CLOCKS, REASONS, STAGES
from amends.project.story.mailbox import read
from amends.rules.lifecycle import MAIN_WAY

SHOWN = 9  # lines of a mail; the whole lies in its file


@dataclass(frozen=True)
class Standing:
    """Where the complaint stands at one moment: its stage, and the clocks that run."""

    stage: str
    clocks: Mapping[str, datetime]  # kind → due

    @classmethod
    def of(cls, complaint: Complaint) -> "Standing":
        """As the database has it now."""
        if complaint.pk is None:
            return cls("", {})
        stage = Complaint.objects.values_list("stage", flat=True).get(pk=complaint.pk)
        running = Clock.objects.filter(complaint=complaint, stopped_at__isnull=True).order_by("pk")
        return cls(stage, dict(running.values_list("kind", "due_at")))


def _written(moment: datetime, parts: str) -> str:
    return format_skeleton(parts, moment, locale=to_locale(get_language() or "en"))


class Narrator:
    """Writes to ``console``; decides nothing."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._day = ""

    def opening(self, title: str, lines: str) -> None:
        """The first words."""
        self.console.print()
        self.console.print(Panel(Text(lines), title=Text(title, style="bold"), padding=(1, 3), expand=False))

    def scene(self, at: datetime, who: str, what: str) -> None:
        """A new step: its day if it is a new one, the time, who acts, and what they do."""
        local = timezone.localtime(at)
        day = _written(local, "MMMMEEEEd")
        if day != self._day:
            self._day = day
            self.console.print()
            self.console.print(Rule(Text(day, style="bold"), align="left", style="dim"))
        self.console.print()
        line = Table.grid(padding=(0, 2, 0, 0))
        line.add_row(Text(f"{local:%H:%M}", style="dim"), Text.assemble((who, "bold"), "  ", what))
        self.console.print(line)

    def words(self, text: str, style: str = "italic") -> None:
        """What was said or written inside."""
        self.console.print(Padding(Text(text, style=style), (0, 4, 0, 7)))

    def moved(self, before: Standing, after: Standing) -> None:
        """The way from stage to stage, and the clocks that were stopped and started."""
        if before.stage != after.stage:
            self.console.print(Padding(self._way(before.stage, after.stage), (0, 0, 0, 7)))
        for mark, style, clocks in (
            ("■", "dim", {k: d for k, d in before.clocks.items() if after.clocks.get(k) != d}),
            ("▶", "cyan", {k: d for k, d in after.clocks.items() if before.clocks.get(k) != d}),
        ):
            for kind, due in clocks.items():
                self.console.print(
                    Padding(Text(f"{mark} {self._clock(kind, due, style)}", style=style), (0, 0, 0, 7))
                )

    def _way(self, before: str, after: str) -> Text:
        stages = [stage.value for stage in MAIN_WAY]
        way = Text(f"{STAGES[before]} → " if before else "", style="dim")
        way.append(str(STAGES[after]), style="bold green")
        if after in stages:
            done = stages.index(after) + 1
            way.append("   " + "●" * done + "○" * (len(stages) - done), style="green")
        return way

    def _clock(self, kind: str, due: datetime, style: str) -> str:
        if style == "dim":
            return _("clock stopped: %(clock)s") % {"clock": CLOCKS[kind]}
        local = timezone.localtime(due)
        when = f"{_written(local, 'MMMMd')} {local:%H:%M}"
        return _("clock started: %(clock)s, due %(when)s") % {"clock": CLOCKS[kind], "when": when}

    def refused(self, refusal: Refused) -> None:
        """A step that the process does not allow now, with its reasons."""
        self.console.print(Padding(Text(_("✗ Not possible:"), style="bold yellow"), (0, 0, 0, 7)))
        for reason in refusal.reasons:
            self.words(f"– {REASONS[reason]}", style="yellow")

    def mails(self, paths: Iterable[Path]) -> None:
        """What the house wrote, by the first lines of each mail."""
        for path in paths:
            subject, body = read(path)
            lines = [line for line in body.splitlines() if line.strip()]
            shown = "\n".join(lines[:SHOWN]) + ("\n…" if len(lines) > SHOWN else "")
            panel = Panel(
                Text(shown), title=Text(f"✉ {subject}"), subtitle=path.name, border_style="blue",
                title_align="left", subtitle_align="right",
            )  # fmt: skip
            self.console.print(Padding(panel, (0, 0, 0, 7)))

    def ending(self, lines: str, *, good: bool) -> None:
        """The last words."""
        self.console.print()
        self.console.print(
            Panel(Text(lines), border_style="green" if good else "red", padding=(1, 3), expand=False)
        )
