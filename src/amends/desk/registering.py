"""From the filled-in form to a complaint on file, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.choices import DETAILS, Channel
from amends.cases.models import Complaint, Document
from amends.people.actors import as_actor
from amends.people.models import Customer, Representative, StaffMember
from amends.rules.capabilities import Capability

FILLED_IN_LATER = ("email", "phone", "number", "address", "salutation", "country", "needs")
REACHES_AT_ONCE = (Channel.PHONE, Channel.IN_PERSON, Channel.CHAT)


@transaction.atomic
def take_in(
    values: dict[str, Any], files: Sequence[Document], *, staff: StaffMember, at: datetime, solved: bool
) -> Complaint:
    """Register what the form says, with its files; then assign it, or note that it is solved already.

    ``values`` as ``forms.registering.Register`` cleans them. Raises Refused; then nothing was written.
    """
    by = as_actor(staff)
    customer = values["customer"] or Customer(name=values["name"])
    otherwise = _given_otherwise(customer, values)
    _complete(customer, values)
    complaint = actions.register(
        by=by,
        at=at,
        customer=customer,
        representative=_representative(customer, values),
        signed_by=staff.name,
        formal=values["formal"] or None,
        received_at=values["received_at"],
        details={name: values[name] for name in DETAILS if values[name]},
        **{name: values[name] for name in _AS_THEY_ARE},
    )
    for document in files:
        actions.attach(complaint, by=by, at=at, document=document, for_customer=True)
    impartial = staff not in values["complained_about"]
    if otherwise and impartial:
        actions.note(complaint, by=by, at=at, text=otherwise)
    if values["mine"] and impartial and Capability.HANDLE in staff.capabilities:
        complaint = actions.assign(complaint, by=by, at=at, handler=staff)
    if solved:
        channel = complaint.channel if complaint.channel in REACHES_AT_ONCE else Channel.PHONE
        complaint = actions.resolve_at_once(complaint, by=by, at=at, done=values["done"], channel=channel)
    return complaint


_AS_THEY_ARE = (
    "story", "title", "wish", "anything_else", "language", "country", "channel", "category", "severity",
    "letter_date", "to_executive", "risk_public", "complained_about", "sector",
)  # fmt: skip


def _complete(customer: Customer, values: dict[str, Any]) -> None:
    """What was not known of the customer is known now; what was known is not written over."""
    for name in FILLED_IN_LATER:
        if not getattr(customer, name):
            setattr(customer, name, values[name])
    if customer.pk is None:
        customer.language = values["language"]
    customer.save()


def _given_otherwise(customer: Customer, values: dict[str, Any]) -> str:
    """What was told this time and is not what is on file: kept as a note, for the handler to put right."""
    names = ("name", *FILLED_IN_LATER)
    on_file = ((values[name], str(getattr(customer, name))) for name in names)
    given = ", ".join(told for told, held in on_file if held and told and told != held)
    return (
        gettext("The customer gave this, which is not what is on file: %(given)s") % {"given": given}
        if given
        else ""
    )


def _representative(customer: Customer, values: dict[str, Any]) -> Representative | None:
    if not values["speaker_name"]:
        return None
    same = {"customer": customer, "name": values["speaker_name"], "email": values["speaker_email"]}
    rest = {name: values[f"speaker_{name}"] for name in ("relation", "phone", "may_sign")}
    known, _new = Representative.objects.get_or_create(**same, defaults=rest)
    if values["speaker_may_sign"] and not known.may_sign:  # the authority has come since
        known.may_sign = True
        known.save(update_fields=("may_sign",))
    return known
