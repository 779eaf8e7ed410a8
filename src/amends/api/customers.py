"""Whose complaint it is: a customer the house knows, or a new one."""

from django.utils.translation import gettext_lazy as _

from amends.api.problems import Invalid
from amends.api.schemas.given import CustomerGiven, RepresentativeGiven
from amends.people.customers import known
from amends.people.models import Customer, Representative


def customer_for(given: CustomerGiven) -> Customer:
    """The customer meant by ``given``, added if the house does not know them. Call it in the transaction
    of the complaint. Raises Invalid for an unknown key, or for nobody.
    """
    if given.key:
        found = Customer.objects.filter(key=given.key).first()
        if found is None:
            raise Invalid("customer/key", _("There is no customer with this key."))
        return found
    if not given.name.strip():
        raise Invalid("customer/name", _("Say who the customer is: a name, or the key of a known one."))
    return _known(given) or Customer.objects.create(**given.model_dump(exclude={"key"}))


def _known(given: CustomerGiven) -> Customer | None:
    if given.number:
        return known(number=given.number).first()
    return known(email=given.email).filter(name=given.name).first()


def representative_for(given: RepresentativeGiven | None, customer: Customer) -> Representative | None:
    """Who speaks for the customer, added if not known. They may not sign: a person sets that."""
    if given is None:
        return None
    row, _new = Representative.objects.get_or_create(
        customer=customer,
        name=given.name,
        email=given.email,
        defaults={"relation": given.relation, "phone": given.phone},
    )
    return row
