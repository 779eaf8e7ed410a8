"""What goes to the customer: each text comes drafted in their language, over the medium they came by."""

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Channel, FollowUpAnswer, Purpose
from amends.cases.models import Complaint
from amends.correspondence.addressee import house_name
from amends.correspondence.blanks import FROM_THE_CASE
from amends.correspondence.bodies import bodies_for, in_words, where_to_turn
from amends.correspondence.media import asks_over, writes_over
from amends.correspondence.texts import draft_message, frame, framed, said_of
from amends.desk.forms.coaching import override_of
from amends.desk.forms.fields import Line
from amends.desk.forms.framed import Framed, TextChoice
from amends.desk.forms.step import Day, StepForm, end_of
from amends.desk.writable import purposes_of
from amends.kit.forms import LongText
from amends.rules.deadlines import FOLLOW_UP_BY_POST, PROMISES, ClockKind

MEDIA = {
    Channel.EMAIL: _("E-mail: sent at once"),
    Channel.PHONE: _("Phone: I call and say this"),
    Channel.LETTER: _("Letter: I print and post this"),
}

ANSWERS = [
    ("", _("No answer yet")),
    *((a.value, a.label) for a in (FollowUpAnswer.YES, FollowUpAnswer.PARTLY, FollowUpAnswer.NO)),
]


class Composer(StepForm):
    """Words to the customer. The draft comes from ``correspondence.texts``; the person makes it theirs.

    They write what stands between greeting and close. Those come from the medium and are shown, so that what
    is put on file is exactly what goes out or is said.
    """

    purpose: str = Purpose.PROGRESS
    step: ClassVar[str] = ""  # under which the desk opens it
    adds: ClassVar[str] = ""  # a field of the form that the text must say: a blank of the standard text

    channel = forms.ChoiceField(label=_("How it is sent"), widget=forms.RadioSelect)
    subject = Line(label=_("Subject"), max_length=200, required=False)
    text = LongText(label=_("Text to the customer"), widget=Framed(rows=12))

    def __init__(self, *args: Any, standard: str = "", medium: str = "", **kwargs: Any) -> None:
        self.standard = standard  # the purpose whose text was asked for, where a form has several
        self.medium = medium  # over which it is to go, if that was asked for
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The customer's medium first, and the standard text of this purpose."""
        theirs = _medium(self.file.complaint.channel, self.file.complaint.speaker.email)
        order = [theirs, *(medium for medium in MEDIA if medium != theirs)]
        self.fields["channel"].choices = [(m.value, MEDIA[m]) for m in order]  # type: ignore[attr-defined]
        first = Channel(self.medium) if self.medium in MEDIA else theirs
        self.fields["channel"].initial = first.value
        framing = self.fields["text"].widget
        framing.written, framing.spoken = self.frame(Channel.EMAIL), self.frame(Channel.PHONE)
        if self.step:
            address = reverse(f"desk:{self.step}", args=(self.file.complaint.key,))
            framing.afresh = f"{address}?afresh=1&text={self.purpose}"
            framing.for_a_call = self.data.get("channel", first) == Channel.PHONE
        if not self.is_bound:
            staff = self.file.staff
            draft = draft_message(
                self.purpose,
                self.file.complaint,
                sender=staff.name,
                house=self.house,
                channel=first,
                **self.blanks(),
            )
            self.fields["subject"].initial = draft.subject
            self.fields["text"].initial = draft.text

    def blanks(self) -> dict[str, Any]:
        """What only this step can fill into the standard text. For the forms below to say."""
        return {}

    def frame(self, channel: str) -> tuple[str, str]:
        """Greeting and close as this person sends or says them."""
        staff = self.file.staff
        signed = {"sender": staff.name, "position": staff.title, "house": self.house}
        return frame(self.file.complaint, **signed, channel=channel)

    @cached_property
    def house(self) -> str:
        """Under which name the house signs."""
        return house_name()

    def values(self) -> dict[str, Any]:
        """The whole text, as it goes out. Line ends are plain, whatever the browser sends."""
        values = {name: _plain(value) for name, value in super().values().items()}
        text = self.middle()
        whole = framed(text, *self.frame(values["channel"])) if text else ""
        return values | {"text": whole, "override": override_of(self.data)}

    def middle(self) -> str:
        """What stands between greeting and close, as far as it is filled in, with what the text must say."""
        text, added = (_plain(self.cleaned_data.get(name) or "").strip() for name in ("text", self.adds))
        if not added or added in text:
            return str(text)
        return f"{text}\n\n{said_of(self.purpose, self.file.complaint, self.adds, added)}".strip()


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _medium(came_by: str, email: str) -> Channel:
    own = {Channel.PHONE: Channel.PHONE, Channel.IN_PERSON: Channel.PHONE, Channel.LETTER: Channel.LETTER}
    return own.get(Channel(came_by)) or (Channel.EMAIL if email else Channel.PHONE)


class Acknowledgement(Composer):
    """We know, we look into it, we are sorry, this happens next."""

    step = "acknowledge"
    purpose = Purpose.ACKNOWLEDGEMENT


class Progress(Composer):
    """Word to the customer, with or without an answer: which, the person chooses with its text."""

    step = "write"
    purpose_of_it = forms.ChoiceField(label=_("What it is"), widget=TextChoice)

    field_order = ("purpose_of_it", "channel", "subject", "text")

    def prepare(self) -> None:
        """The texts that fit the case, and the one that was asked for."""
        offered = [(purpose.value, purpose.label) for purpose in purposes_of(self.file)]
        asked = self.data.get("purpose_of_it", "") if self.is_bound else self.standard
        self.purpose = asked if asked in dict(offered) else Purpose.PROGRESS.value
        field = self.fields["purpose_of_it"]
        field.choices, field.initial = offered, self.purpose  # type: ignore[attr-defined]
        field.widget.url = reverse("desk:write", args=(self.file.complaint.key,))
        super().prepare()

    def values(self) -> dict[str, Any]:
        """As ``actions.write`` takes them."""
        values = super().values()
        return values | {"purpose": values.pop("purpose_of_it")}


class ReviewInvitation(Composer):
    """Would they say in public that it is good? Once, and nothing is given for it."""

    step = "invite_to_review"
    purpose = Purpose.REVIEW

    def prepare(self) -> None:
        """By mail, or by letter: an address that is told on the phone nobody finds again."""
        if self.medium not in (Channel.EMAIL, Channel.LETTER):
            self.medium = writes_over(self.file.complaint) or Channel.LETTER
        super().prepare()
        field = self.fields["channel"]
        field.choices = [one for one in field.choices if one[0] != Channel.PHONE]  # type: ignore[attr-defined]


class FollowUpQuestion(Composer):
    """Is it good now? Whoever calls notes the answer in the same breath."""

    step = "ask_if_good"
    purpose = Purpose.FOLLOW_UP
    answer = forms.ChoiceField(
        label=_("If you called: is it good?"), choices=ANSWERS, widget=forms.RadioSelect, required=False
    )
    words = LongText(label=_("In the customer’s own words"), rows=3, required=False)
    field_order = ("channel", "subject", "text", "answer", "words")

    def prepare(self) -> None:
        """Who has no e-mail is called, or written to by letter."""
        if not self.medium and not self.file.complaint.speaker.email:
            self.medium = asks_over(self.file.complaint) or Channel.PHONE
        super().prepare()

    def blanks(self) -> dict[str, Any]:
        """A letter takes longer, and so does its answer."""
        by_post = self.fields["channel"].initial == Channel.LETTER
        return {"answer_wanted_by": self.file.now + FOLLOW_UP_BY_POST} if by_post else {}

    def clean(self) -> dict[str, Any]:
        """Only a call brings the answer at once; what is not good yet is said in words."""
        values = super().clean() or self.cleaned_data
        answer = values.get("answer")
        if answer and values.get("channel") != Channel.PHONE:
            self.add_error("answer", forms.ValidationError(_("Only a call brings an answer at once.")))
        if answer in (FollowUpAnswer.PARTLY, FollowUpAnswer.NO) and not values.get("words", "").strip():
            self.add_error("words", forms.ValidationError(_("What is still missing, or not right?")))
        if values.get("words", "").strip() and not answer:
            self.add_error("answer", forms.ValidationError(_("What did they say: yes, partly, or no?")))
        return values


class SayBack(Composer):
    """The problem in our words. The message brings the customer to where they confirm or correct it."""

    step = "say_back"
    purpose = Purpose.SAY_BACK
    understood = LongText(
        label=_("How we understood it"),
        help_text=_("The whole story in a few sentences: what happened, what matters most, what they want."),
    )
    field_order = ("understood", "channel", "subject", "text")

    def prepare(self) -> None:
        """What was understood before, if it was corrected since; the message may be left out."""
        super().prepare()
        self.fields["understood"].initial = self.file.complaint.understood
        self.fields["text"].required = False
        self.fields["text"].help_text = _("Leave it empty if you said it in the same talk.")


class Offer(Composer):
    """A new round: what the customer will sign, until when it stands, and the message that brings it."""

    step = "offer"
    purpose = Purpose.OFFER
    offer = LongText(
        label=_("What the customer signs"),
        help_text=_("The remedies of the plan are added below it, one by one."),
    )
    until = Day(label=_("Stands until"))
    field_order = ("offer", "until", "channel", "subject", "text")

    def prepare(self) -> None:
        """Responsibility as found, what keeps it from happening again, and the house's usual time."""
        super().prepare()
        said = [str(FROM_THE_CASE[blank](self.file.complaint)) for blank in ("apology", "prevention")]
        self.fields["offer"].initial = "\n\n".join(text for text in said if text.strip())
        until = timezone.localtime(self.file.now + PROMISES[ClockKind.OFFER])
        self.fields["until"].initial = until.date()

    def values(self) -> dict[str, Any]:
        """As ``actions.offer`` takes it."""
        values = super().values()
        return {
            "text": values["offer"],
            "notice": values["text"],
            "subject": values["subject"],
            "channel": values["channel"],
            "override": values["override"],
            "expires_at": end_of(values["until"]) + timedelta(hours=7) - timedelta(seconds=1),
        }


def with_unverified(help_text: Any, complaint: Complaint) -> str:
    """The help of a field, with the bodies that we know of and have not looked up: for the writer to do."""
    known = ", ".join(f"{body.name} ({body.web})" for body in bodies_for(complaint, verified=False))
    if not known:
        return str(help_text)
    told = gettext("Not verified, and so not put in; look them up first: %(bodies)s.") % {"bodies": known}
    return f"{help_text} {told}"


class Refusal(Composer):
    """A regretful, clear no, with the reasons and where the customer can turn."""

    step = "refuse"
    purpose = Purpose.REFUSAL
    adds = "where_to_turn"
    where_to_turn = LongText(
        label=_("Where the customer can turn"),
        rows=3,
        help_text=_("Who looks at it from outside, with name and address. It is added to the text."),
    )

    def prepare(self) -> None:
        """Those of the customer's country and of this trade whom we have looked up; the others are named."""
        super().prepare()
        field = self.fields["where_to_turn"]
        field.initial = where_to_turn(self.file.complaint).strip()
        field.help_text = with_unverified(field.help_text, self.file.complaint)

    def blanks(self) -> dict[str, Any]:
        """The field says it, and is added: said in the text as well it would stand there twice."""
        return {"where_to_turn": ""}


class Referral(Composer):
    """Somebody else is responsible: the customer is told who, and how to reach them."""

    step = "refer"
    purpose = Purpose.REFERRAL
    adds = "third_party"
    third_party = LongText(
        label=_("Who is responsible"),
        rows=3,
        help_text=_("Name and address. It is added to the text."),
    )
    field_order = ("third_party", "channel", "subject", "text")

    def prepare(self) -> None:
        """Beside it, who is known to decide about such complaints outside."""
        super().prepare()
        field, complaint = self.fields["third_party"], self.file.complaint
        known = "; ".join(in_words(body, complaint) for body in bodies_for(complaint))
        if known:
            also = gettext("Outside bodies for such complaints: %(bodies)s.") % {"bodies": known}
            field.help_text = f"{field.help_text} {also}"
        field.help_text = with_unverified(field.help_text, complaint)


class SolvedAtOnce(StepForm):
    """What was done in this contact."""

    done = LongText(label=_("What was done"), rows=4)
    channel = forms.ChoiceField(
        label=_("Told to the customer"),
        choices=[
            (Channel.PHONE.value, _("On the phone")),
            (Channel.IN_PERSON.value, _("In person")),
            (Channel.EMAIL.value, _("By e-mail: this text is sent")),
        ],
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
    )

    def values(self) -> dict[str, Any]:
        """As ``actions.resolve_at_once`` takes them: a mail has its greeting and its close."""
        values = super().values() | {"override": override_of(self.data)}
        staff = self.file.staff
        if values["channel"] != Channel.EMAIL:
            return values
        around = frame(
            self.file.complaint, sender=staff.name, position=staff.title, channel=Channel.EMAIL
        )  # fmt: skip
        return values | {"done": framed(_plain(values["done"]), *around)}
