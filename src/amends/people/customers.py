"""Finding a customer who is known already, always by an index."""

from django.db.models import Q, QuerySet

from amends.people.models import Customer

MOST = 100


def known(*, email: str = "", phone: str = "", number: str = "") -> QuerySet[Customer]:
    """Customers with this very e-mail, phone or customer number; none where nothing is given."""
    same = Q(pk__in=())
    if email:
        same |= Q(email__in={email, email.lower()})
    if phone:
        same |= Q(phone=phone)
    if number:
        same |= Q(number=number)
    return Customer.objects.filter(same).order_by("-pk")


def named_like(words: str) -> list[int]:
    """Ids of up to MOST customers with this e-mail, phone or number, or whose name begins like this."""
    if "@" in words:
        return list(known(email=words).values_list("pk", flat=True)[:MOST])
    exact = known(phone=words, number=words).values_list("pk", flat=True)[:MOST]
    begins = Q(pk__in=())
    for start in {words, words.title()}:
        begins |= Q(name__gte=start, name__lt=start + "\U0010ffff")
    return [*exact, *Customer.objects.filter(begins).values_list("pk", flat=True)[:MOST]]
