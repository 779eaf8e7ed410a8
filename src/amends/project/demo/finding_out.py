"""Who has it, what is asked inside, what is found."""

from datetime import timedelta

from amends.cases import actions
from amends.cases.choices import Purpose
from amends.cases.models import Inquiry
from amends.project.demo.teller import Teller

ASKED = {"product": "Warehouse", "service": "Warehouse", "billing": "Finance", "price": "Finance"}
ANSWERS_FOR = {"Warehouse": ("dorota", "per"), "Finance": ("farid",), "Customer care": ("aisyah",)}


class FindingOut(Teller):
    """Who has it, what is asked inside, what is found."""

    def assign(self) -> None:
        """By the team lead, to who speaks the language."""
        lead = self.house.actor(self.house.staff["maja"])
        self.complaint = actions.assign(self.complaint, by=lead, at=self.at, handler=self.handler)

    def assign_higher(self) -> None:
        """To somebody more senior than before."""
        self.complaint.refresh_from_db()
        head = self.house.staff["robert"]
        senior = head if self.story.about else self.house.staff["maja"]
        self.complaint = actions.assign(self.complaint, by=self.house.actor(head), at=self.at, handler=senior)

    def investigate(self) -> None:
        """The handler begins."""
        self.complaint = actions.investigate(self.complaint, by=self.by, at=self.at)

    def ask(self) -> None:
        """A neutral question to the department that knows."""
        department = self.house.departments[ASKED.get(self.story.category, "Customer care")]
        due = self.at + timedelta(days=3)
        actions.ask(
            self.complaint, by=self.by, at=self.at, question=self.story.ask, due_at=due, department=department
        )

    def answer_inquiry(self) -> None:
        """The statement; where a colleague is complained about, the handler writes down what was said."""
        for inquiry in Inquiry.objects.filter(complaint=self.complaint, is_open=True).select_related(
            "department"
        ):
            assert inquiry.department
            keys = ANSWERS_FOR[inquiry.department.name]
            by = self.by if self.story.about else self.house.actor(self.house.staff[self.rng.choice(keys)])
            actions.answer_inquiry(inquiry, by=by, at=self.at, statement=self.story.told)

    def say_back(self) -> None:
        """The problem in our words."""
        said = self.draft(Purpose.SAY_BACK, understood=self.story.said)
        self.complaint = actions.say_back(
            self.complaint, by=self.by, at=self.at, understood=self.story.said, **said
        )

    def confirm_problem(self) -> None:
        """Yes, that is it."""
        self.complaint = actions.confirm_problem(self.complaint, by=self.them, at=self.at)

    def correct_problem(self) -> None:
        """Not quite."""
        self.complaint = actions.correct_problem(
            self.complaint, by=self.them, at=self.at, words=self.say("correction")
        )

    def hear(self) -> None:
        """The customer adds something."""
        self.complaint = actions.hear(self.complaint, by=self.them, at=self.at, words=self.say("more"))

    def progress(self) -> None:
        """Word while there is no answer yet."""
        said = self.draft(Purpose.PROGRESS, unknown=self.say("progress"))
        self.complaint = actions.write(self.complaint, by=self.by, at=self.at, **said)

    def find(self) -> None:
        """What was found, with its reasons."""
        for issue in self.complaint.issues.all():
            actions.find(
                issue,
                by=self.by,
                at=self.at,
                finding=self.story.finding,
                reasons=self.story.reasons,
                cause=self.story.told,
            )

    def decide(self) -> None:
        """The findings stand."""
        self.complaint = actions.decide(self.complaint, by=self.by, at=self.at)

    def tell_decided(self) -> None:
        """Word that it is clear now what happened, and what comes next."""
        self.complaint = actions.write(self.complaint, by=self.by, at=self.at, **self.draft(Purpose.PROGRESS))
