"""From the public form to a registered complaint."""

from collections.abc import Sequence

from django.utils.translation import get_language

from amends.cases import actions
from amends.cases.choices import Channel
from amends.cases.models import Complaint, Document
from amends.kit.clock import now
from amends.people.actors import customer_actor
from amends.people.languages import LANGUAGES
from amends.people.models import Customer
from amends.portal.complaint_form import ComplaintForm


def register_told(form: ComplaintForm, documents: Sequence[Document]) -> Complaint:
    """Register what the form tells, signed for by who told it, in the page's language."""
    given, at = form.cleaned_data, now()
    customer = customer_told(given["name"], given["email"], given["phone"], given["address"])
    actor = customer_actor(customer)
    complaint = actions.register(
        by=actor,
        at=at,
        customer=customer,
        story=given["story"],
        channel=Channel.FORM,
        category=form.category_meant(),
        signed_by=given["name"],
        language=page_language(),
        wish=given["wish"],
        anything_else=given["anything_else"],
        details=form.details(),
    )
    for document in documents:
        actions.attach(complaint, by=actor, at=at, document=document)
    return complaint


def customer_told(name: str, email: str, phone: str, address: str) -> Customer:
    """The customer that the form means.

    A known one only if name and e-mail both match and the form says nothing that differs from what we hold:
    nobody who fills in a public form may change, or find out, what we know of somebody.
    """
    name, address = name.strip(), address.strip()
    same_mail = Customer.objects.filter(email__in={email, email.lower()}).order_by("pk") if email else ()
    for known in same_mail:
        same = known.name.casefold() == name.casefold()
        if same and phone in ("", known.phone) and address in ("", known.address):
            return known
    return Customer.objects.create(
        name=name, email=email, phone=phone, address=address, language=page_language()
    )


def page_language() -> str:
    """The language that holds now, as one of the house's."""
    language = get_language() or "en"
    return language if language in dict(LANGUAGES) else "en"
