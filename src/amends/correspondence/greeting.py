"""How a message opens, in the customer's language and with the form of address that they chose."""

from string import Template
from typing import Protocol

from amends.correspondence.phrasebook import phrases


class Addressed(Protocol):
    """Who is written to: a customer, a representative, the person in a case file."""

    @property
    def name(self) -> str: ...


def greeting(person: Addressed, language: str) -> str:
    """The opening line. Without a form of address on file it is one that fits everybody."""
    forms = phrases(language)["greeting"]
    salutation = getattr(person, "salutation", "").strip().rstrip(",:：!")
    name = person.name.strip()
    if exact := forms.get("exact", {}).get(salutation.lower()):
        return str(exact)
    if not salutation:
        form = forms["named"] if name else forms["plain"]
    elif salutation.lower() in forms["titles"] and name:
        form = forms["titled"]
    else:
        form = forms["addressed"]
    surname = name.split()[-1] if name else ""
    return Template(form).substitute(name=name, surname=surname, title=salutation, salutation=salutation)
