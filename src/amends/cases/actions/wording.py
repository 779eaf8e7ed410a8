"""Words to the customer as the language coach reads them, in the moment in which they go out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from amends.cases import coaching
from amends.cases.actions.door import Case
from amends.cases.actions.outgoing import note_inside
from amends.cases.models import CoachCount, Complaint
from amends.coach.draft import Coached
from amends.coach.owed import MUST
from amends.kit.chain import digest
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.lifecycle import STEPS


@dataclass
class Wording:
    """One text of one step. The program's own standard texts are not read: nobody could answer for them.

    ``override`` is why it goes out although a must-have is missing; it stands as a note beside the message.
    ``signed`` is what the customer will sign, where the text brings such a thing.
    """

    complaint: Complaint
    purpose: str
    text: str
    by: Actor
    override: str = ""
    kind: str = ""
    third_party: str = ""
    signed: str = ""
    read: list[Coached] = field(default_factory=list)

    @property
    def given(self) -> dict[str, Any]:
        """The facts for the door, read under its lock: it is held against the plan as it stands then."""
        return {"coach_missing": self._missing, "overridden": bool(self.override.strip())}

    def put_down(self, case: Case) -> None:
        """Into the step's event what was missing, the reason as a note, and the habits into the count."""
        if missing := _must(self.read):
            note = note_inside(case, self.override)
            case.also(STEPS["note"].event, message=note.pk, text_sha256=digest(self.override))
            case.say(coach={"missing": missing, "override_sha256": digest(self.override), "note": note.pk})
        if self.read:
            self._count(case)

    def _missing(self) -> tuple[str, ...]:
        if self.by.kind is not ActorKind.STAFF or not self.text.strip():
            return ()
        fresh = Complaint.objects.select_related("customer", "representative").get(pk=self.complaint.pk)
        known = {"third_party": self.third_party}
        self.read = [coaching.read_draft(fresh, self.purpose, self.text, kind=self.kind, **known)]
        if self.signed.strip():
            self.read.append(
                coaching.read_draft(fresh, self.purpose, self.signed, kind=coaching.SETTLEMENT, **known)
            )
        return tuple(_must(self.read))

    def _count(self, case: Case) -> None:
        found: dict[str, int] = {}
        for coached in self.read:
            for one in (*coached.findings, *coached.lacks):
                found[one.code] = found.get(one.code, 0) + 1
        common = {"day": timezone.localdate(case.at), "purpose": self.purpose}
        CoachCount.objects.bulk_create(
            CoachCount(**common, language=self.read[0].language, code=code, count=count)
            for code, count in {"": 1, **found}.items()
        )


def _must(read: Sequence[Coached]) -> list[str]:
    found = (one for coached in read for one in (*coached.findings, *coached.lacks))
    return list(dict.fromkeys(one.code for one in found if one.level == MUST))
