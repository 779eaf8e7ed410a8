"""How a letter speaks to its reader: the salutation, the pronouns, the lines of the address."""

from collections.abc import Iterable, Mapping
from string import Template
from typing import Any

from amends.correspondence.greeting import greeting
from amends.correspondence.letters.case_file import Customer
from amends.correspondence.phrasebook import phrases


def _form(customer: Customer, language: str) -> dict[str, Any]:
    """What the language's letters say to somebody with this title; empty for one that it does not list."""
    title = customer.salutation.strip().rstrip(",:：!").lower()
    forms = phrases(language)["letter"].get("forms", {})
    return next((form for form in forms.values() if title in form["titles"]), {})


def _said(template: str, customer: Customer) -> str:
    return Template(template).substitute(name=customer.name, title=customer.salutation)


def salutation(customer: Customer, language: str) -> str:
    """The opening line of a letter. Without a title it is one that fits everybody."""
    letter = phrases(language)["letter"]
    if exact := _form(customer, language).get("greeting"):
        return _said(exact, customer)
    if "greeting" in letter and not customer.salutation:
        return str(letter["greeting"])
    return greeting(customer, language)


def pronouns(customer: Customer, language: str) -> Mapping[str, str]:
    """The words for “you” that fit this reader, by the names that the language's texts use."""
    you = _form(customer, language).get("you") or phrases(language)["letter"].get("you", {})
    return {name: _said(word, customer) for name, word in you.items()}


def label(name: str, customer: Customer, language: str) -> str:
    """A word of the letter's frame, in the form that fits this reader."""
    return str(_form(customer, language).get(name) or phrases(language)["letter"][name])


def address_lines(customer: Customer, language: str) -> list[str]:
    """The address as it stands in the window; Chinese puts the place first and the person last."""
    name = _said(label("addressee", customer, language), customer)
    if language == "zh-hans":
        return list(filter(None, (*customer.address, customer.company, name)))
    return list(filter(None, (name, customer.company, *customer.address)))


def closing(language: str, signed: Iterable[str]) -> str:
    """The close of a mail: the language's formula, and below it who signs."""
    names = "\n".join(filter(None, (name.strip() for name in signed)))
    return "\n".join(phrases(language)["letter"]["close"]) + f"\n\n{names}"


def phone_frame(
    customer: Customer, language: str, *, sender: str, house: str, reference: str
) -> tuple[str, str]:
    """How a call opens, and how it ends."""
    said = phrases(language)["phone"]
    who = Template(said["who"]).substitute(sender=sender.strip(), house=house) if sender.strip() else house
    words = {"who": who, "name": customer.name, "reference": reference, **pronouns(customer, language)}
    return Template(said["opening"]).substitute(words), Template(said["close"]).substitute(words)
