"""Where a complaint stands, in words for the customer: the bar, one plain sentence, and how it ended.

What is only the house's own business does not show: a plan that waits for approval is, for the customer, an
answer being prepared.
"""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Complaint
from amends.cases.process import Stop
from amends.rules.lifecycle import MAIN_WAY, SIDE_EXITS, Stage

S = Stage

STOPS: Mapping[Stage, Promise] = {
    S.RECEIVED: _("Received"),
    S.ACKNOWLEDGED: _("Acknowledged"),
    S.INVESTIGATING: _("Being looked into"),
    S.DECIDED: _("Answer being prepared"),
    S.OFFERED: _("Offer"),
    S.AGREED: _("Agreed"),
    S.FULFILLING: _("Being carried out"),
    S.FOLLOWING_UP: _("Is it good now?"),
    S.CLOSED: _("Closed"),
    S.REFERRED: _("Referred"),
    S.WITHDRAWN: _("Withdrawn"),
    S.MERGED: _("Handled together with another"),
}

SENTENCES: Mapping[Stage, Promise] = {
    S.RECEIVED: _("Your complaint has arrived, and we will write to you soon."),
    S.ACKNOWLEDGED: _("We know about it, and somebody is about to look into it."),
    S.INVESTIGATING: _("We are finding out what went wrong."),
    S.DECIDED: _("We have looked into it and are preparing our answer to you."),
    S.OFFERED: _("We have made you an offer. Now it is for you to say what you think of it."),
    S.AGREED: _("You have signed the agreement, and we are about to carry it out."),
    S.FULFILLING: _("We are carrying out what we agreed with you."),
    S.FOLLOWING_UP: _("We have done our part and would like to know from you whether it is good now."),
    S.CLOSED: _("Your complaint is closed."),
    S.REFERRED: _("Somebody else is responsible for this, and we have told you who."),
    S.WITHDRAWN: _("You have withdrawn your complaint."),
    S.MERGED: _("We handle this together with another complaint about the same matter."),
}

ENDINGS: Mapping[str, Promise] = {
    "satisfied": _("It ended on %(day)s: you told us that it is good now. Thank you for staying with us."),
    "silent": _("It ended on %(day)s: we asked you whether it is good, and did not hear from you."),
    "referred": _("It ended with us on %(day)s: somebody else is responsible for this."),
    "withdrawn": _("It ended on %(day)s: you withdrew it."),
    "merged": _("On %(day)s we put it together with another complaint about the same matter."),
}


def shown_stage(complaint: Complaint) -> Stage:
    """The stage as the customer sees it."""
    stage = Stage(complaint.stage)
    return Stage.DECIDED if stage is Stage.AWAITING_APPROVAL else stage


def way(complaint: Complaint, *, agreed: bool, refused: bool) -> Sequence[Stop]:
    """The stops of the bar. One that this complaint passed by is left out: it did not happen."""
    here = shown_stage(complaint)
    if here in SIDE_EXITS:
        return [Stop(S.RECEIVED, STOPS[S.RECEIVED], "done"), Stop(here, STOPS[here], "here")]
    left_out = {S.AWAITING_APPROVAL}
    if here in (S.FOLLOWING_UP, S.CLOSED) and not agreed:
        left_out |= {S.OFFERED, S.AGREED, S.FULFILLING}
        if not refused:  # solved on the spot
            left_out |= {S.INVESTIGATING, S.DECIDED}
    stops = [stage for stage in MAIN_WAY if stage not in left_out]
    place = stops.index(here)
    states = ["done"] * place + ["here"] + ["ahead"] * (len(stops) - place - 1)
    return [Stop(stage, STOPS[stage], state) for stage, state in zip(stops, states, strict=True)]


def sentence(complaint: Complaint, *, refused: bool) -> str:
    """One plain sentence about where it stands."""
    if complaint.stage == Stage.FOLLOWING_UP and refused:
        return gettext("You have our answer. Please tell us what you think of it.")
    return str(SENTENCES[shown_stage(complaint)])
