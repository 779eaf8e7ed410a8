"""Accepting: a one-time code to the customer's own address, then name and code as signature (mission E9)."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.cases.models import SigningCode
from amends.cases.signing import LIFETIME
from amends.people.masking import masked
from amends.portal.forms import AgreementWithdrawalForm, OfferForm, SignatureForm
from amends.portal.reading import Reading
from amends.portal.steps import Declined, Given, StepPage, step_view
from amends.portal.views.offer import offer_seen
from amends.portal.visit import Visit

CODES_AN_HOUR = 5


def _send_code(visit: Visit, given: Given) -> None:
    offer = offer_seen(visit, given)
    if not visit.complaint.speaker.email:
        raise Declined(_now("We have no e-mail address of yours to send a code to. You can sign on paper."))
    # A code does not say when it was asked for, but when it ends.
    since = visit.at - timedelta(hours=1) + LIFETIME
    asked = SigningCode.objects.filter(offer__complaint=visit.complaint, expires_at__gt=since).count()
    if asked >= CODES_AN_HOUR:
        raise Declined(_now("We sent you several codes already. Please wait an hour and ask again."), 429)
    actions.request_code(offer, by=visit.actor, at=visit.at)


def _sign(visit: Visit, given: Given) -> None:
    offer = offer_seen(visit, given)
    signed = {name: given[name] for name in ("signed_name", "code", "shown_sha256", "drawing")}
    actions.agree(offer, by=visit.actor, at=visit.at, **signed)


def _withdraw(visit: Visit, given: Given) -> None:
    actions.withdraw_from_agreement(visit.complaint, by=visit.actor, at=visit.at, words=given["words"])


def _more(visit: Visit, seen: Reading) -> dict[str, Any]:
    code = CODE.blank(round=seen.offer.round) if seen.offer else None
    return {"code_form": code, "masked_email": masked(visit.complaint.speaker.email)}


CODE = StepPage(
    name="signing-code",
    step="request_code",
    form=OfferForm,
    carry_out=_send_code,
    title=_("Accept and sign"),
    intro=_("To sign, you need a code. It goes to your own address, so that nobody else can sign for you."),
    button=_("Send me the code"),
    done=_("The code is on its way to you."),
    anchor="#offer",
    template="portal/signature.html",
    more=_more,
)
SIGNATURE = StepPage(
    name="signature",
    step="agree",
    form=SignatureForm,
    carry_out=_sign,
    title=_("Accept and sign"),
    intro=_("Your name and the code together are your signature under the text above."),
    button=_("Sign the agreement"),
    done=_("Thank you. The agreement is signed, and we start carrying it out."),
    template="portal/signature.html",
    more=_more,
    keeps_refusal=True,
)
WITHDRAWAL = StepPage(
    name="agreement-withdrawal",
    step="withdraw_from_agreement",
    form=AgreementWithdrawalForm,
    carry_out=_withdraw,
    title=_("Withdraw from the agreement"),
    intro=_("The agreement then no longer holds. Your complaint stays open, and we look for another answer."),
    button=_("Withdraw from the agreement"),
    done=_("You have withdrawn from the agreement. Your complaint stays open, and we come back to you."),
)

signing_code = step_view(CODE)
signature = step_view(SIGNATURE)
agreement_withdrawal = step_view(WITHDRAWAL)
