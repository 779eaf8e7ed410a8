"""How the customer is reached, and the link that opens their page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.cases.actions.door import take
from amends.cases.models import Complaint, Document
from amends.cases.speaking import authority_on_file
from amends.rules.capabilities import Actor


def correct_contact(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    name: str,
    email: str = "",
    phone: str = "",
    address: str = "",
    salutation: str = "",
    needs: str = "",
    loyalty: Mapping[str, Any] | None = None,
) -> Complaint:
    """Put right how the customer is named and reached, for all their complaints. What is left empty goes.

    ``loyalty`` is how long and how often they have bought here (``since``, ``purchases``); without it that
    stays as it is.

    The event says which fields changed, not what they said: a person must be able to be forgotten.
    """
    given = {
        "name": name.strip(),
        "email": email.strip(),
        "phone": phone.strip(),
        "address": address,
        "salutation": salutation.strip(),
        "needs": needs,
        **(loyalty or {}),
    }
    with take("correct_contact", complaint, by=by, at=at, words=bool(name.strip())) as case:
        customer = case.complaint.customer
        changed = [field for field, value in given.items() if getattr(customer, field) != value]
        for field in changed:
            setattr(customer, field, given[field])
        customer.save(update_fields=changed)
        case.say(changed=changed)
    return case.complaint


def authorise(
    complaint: Complaint, *, by: Actor, at: datetime, may_sign: bool = True, document: Document | None = None
) -> Complaint:
    """Say whether the representative may sign for the customer. ``document``, a file of the case, is the
    written authority; who has none on file may not sign.
    """
    here = document is not None or authority_on_file(complaint) is not None
    with take("authorise", complaint, by=by, at=at, authority=here or not may_sign) as case:
        speaker = case.complaint.representative
        assert speaker is not None  # the guard represented
        if not may_sign:  # a paper that was taken back gives nothing any more
            Document.objects.filter(authority_of=speaker).update(authority_of=None)
        elif document is not None:
            Document.objects.filter(pk=document.pk, complaint=case.complaint).update(authority_of=speaker)
            case.say(document=document.pk, sha256=document.sha256)
        speaker.may_sign = may_sign
        speaker.save(update_fields=("may_sign",))
        case.say(may_sign=may_sign)
    return case.complaint


def renew_link(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """End the customer's present link, which got into wrong hands, and begin a new one."""
    with take("renew_link", complaint, by=by, at=at) as case:
        case.complaint.link_generation += 1
        case.say(generation=case.complaint.link_generation)
    return case.complaint


def stop_invitations(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The customer wants no invitations to reviews and the like. Word about their complaint still comes."""
    with take("stop_invitations", complaint, by=by, at=at) as case:
        customer = case.complaint.customer
        customer.no_invitations = True
        customer.save(update_fields=("no_invitations",))
    return case.complaint
