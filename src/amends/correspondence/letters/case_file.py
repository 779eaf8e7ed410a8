"""The case file of ``amends letter``: JSON in, checked values out, every fault named by its field."""

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from amends.correspondence.letters import reading
from amends.correspondence.letters.fields import FIELDS, Value
from amends.correspondence.letters.logo import Logo, read_logo

MOST_ADDRESS_LINES = 6  # with the name, what the window of an envelope shows
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
INK = "#222222"

HOUSE = ("name", "address", "phone", "email", "web", "register", "logo", "colour")
CUSTOMER = ("name", "title", "company", "address")
SIGNATORY = ("name", "position")
ABOUT = ("language", "house", "customer", "signatory", "reference", "your_reference", "date", "place",
         "enclosures", "copies")  # fmt: skip


class WrongCaseFile(ValueError):
    """A case file that no letter can be made of; ``problems`` says why, a sentence a fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class House:
    """Who writes."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    web: str = ""
    register: str = ""
    colour: str = INK
    logo: Logo | None = None


@dataclass(frozen=True)
class Customer:
    """Who is written to; ``salutation`` is the form of address (Ms, Pani, Encik, 女士)."""

    name: str
    salutation: str = ""
    company: str = ""
    address: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseFile:
    """All that a letter can say. ``values`` are the fields of ``fields.FIELDS`` that were given."""

    house: House
    customer: Customer
    reference: str
    day: date
    language: str = ""
    your_reference: str = ""
    place: str = ""
    signatory: str = ""
    position: str = ""
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


def read_case_file(path: Path, *, house: str, today: date, needs: tuple[str, ...] = ()) -> CaseFile:
    """The case file at ``path``. ``house`` and ``today`` hold where it names no house and no date.

    ``needs`` are the fields of ``FIELDS`` that must be there. Raises WrongCaseFile with every problem at
    once, OSError when the file cannot be read.
    """
    try:
        given = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise WrongCaseFile([_("It is not JSON: %(error)s") % {"error": error}]) from None
    if not isinstance(given, dict):
        raise WrongCaseFile([_("It must hold one JSON object: {…}.")])
    return case_from(given, folder=path.parent, house=house, today=today, needs=needs)


def case_from(
    given: dict[str, Any], *, folder: Path, house: str, today: date, needs: tuple[str, ...] = ()
) -> CaseFile:
    """The same from what the JSON holds; a logo is looked for in ``folder``. Raises WrongCaseFile."""
    return _Reader(given, folder).case(house, today, needs)


class _Reader:
    """Goes through the file once and collects what is wrong, so that all of it is said at once."""

    def __init__(self, given: dict[str, Any], folder: Path) -> None:
        self.given, self.folder, self.problems = given, folder, list[str]()

    def case(self, house: str, today: date, needs: tuple[str, ...]) -> CaseFile:
        given = self.given
        self._known(given, (*ABOUT, *FIELDS), "")
        values = {
            name: self._value(given, name, "", reading.READ[kind], None) for name, kind in FIELDS.items()
        }
        signatory = self._part("signatory", SIGNATORY)
        case = CaseFile(
            house=self._house(house),
            customer=self._customer(),
            reference=self._value(given, "reference", "", reading.line, ""),
            day=self._value(given, "date", "", reading.day, today),
            language=self._value(given, "language", "", reading.line, ""),
            your_reference=self._value(given, "your_reference", "", reading.line, ""),
            place=self._value(given, "place", "", reading.line, ""),
            signatory=self._value(signatory, "name", "signatory.", reading.line, ""),
            position=self._value(signatory, "position", "signatory.", reading.line, ""),
            enclosures=self._value(given, "enclosures", "", reading.lines, ()),
            copies=self._value(given, "copies", "", reading.lines, ()),
            values={name: value for name, value in values.items() if value},
        )
        self._missing(case, needs)
        if self.problems:
            raise WrongCaseFile(self.problems)
        return case

    def _missing(self, case: CaseFile, needs: tuple[str, ...]) -> None:
        there = {"customer.name": case.customer.name, "reference": case.reference, **case.values}
        said = {problem.split(" ", 1)[0] for problem in self.problems}
        for name in ("customer.name", "reference", *needs):
            if not there.get(name) and name not in said:
                self.problems.append(_("%(field)s is missing: this text needs it.") % {"field": name})

    def _house(self, name: str) -> House:
        given = self._part("house", HOUSE)
        fields = {
            key: self._value(given, key, "house.", reading.line, "")
            for key in ("phone", "email", "web", "register")
        }
        return House(
            name=self._value(given, "name", "house.", reading.line, "") or name,
            address=self._value(given, "address", "house.", reading.lines, ()),
            colour=self._value(given, "colour", "house.", _colour, INK),
            logo=self._value(given, "logo", "house.", lambda at: read_logo(self.folder, at), None),
            **fields,
        )

    def _customer(self) -> Customer:
        given = self._part("customer", CUSTOMER)
        address = self._value(given, "address", "customer.", reading.lines, ())
        company = self._value(given, "company", "customer.", reading.line, "")
        if len(address) + bool(company) >= MOST_ADDRESS_LINES:
            most = MOST_ADDRESS_LINES - 1 - bool(company)
            self.problems.append(
                _("customer.address has %(lines)d lines; the window of the envelope shows %(most)d.")
                % {"lines": len(address), "most": most}
            )
        name = self._value(given, "name", "customer.", reading.line, "")
        return Customer(name, self._value(given, "title", "customer.", reading.line, ""), company, address)

    def _part(self, name: str, known: tuple[str, ...]) -> dict[str, Any]:
        part = self.given.get(name)
        if part is None:
            return {}
        if not isinstance(part, dict):
            self.problems.append(_("%(field)s must be an object: {…}.") % {"field": name})
            return {}
        self._known(part, known, f"{name}.")
        return part

    def _value(
        self, given: dict[str, Any], name: str, prefix: str, read: Callable[[Any], Any], otherwise: Any
    ) -> Any:
        if given.get(name) in (None, ""):
            return otherwise
        try:
            return read(given[name])
        except reading.Wrong as wrong:
            self.problems.append(f"{prefix}{name} {wrong}.")
            return otherwise

    def _known(self, given: dict[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for name in given.keys() - set(known):
            near = difflib.get_close_matches(name, known, 1)
            hint = _(" Is “%(near)s” meant?") % {"near": near[0]} if near else ""
            self.problems.append(_("No letter knows the field %(field)s.") % {"field": prefix + name} + hint)


def _colour(given: Any) -> str:
    colour = reading.line(given)
    if not COLOUR.fullmatch(colour):
        raise reading.Wrong(_("must be a colour such as #1f4e79"))
    return colour
