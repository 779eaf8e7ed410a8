"""Who outside the house can look at a decision, in the words of a letter (mission A8, D9)."""

from collections.abc import Iterable
from datetime import datetime
from string import Template

from django.utils import timezone

from amends.cases.models import Complaint
from amends.cases.reckoning import Reckoning
from amends.cases.settlement_text import money
from amends.correspondence.dates import day
from amends.correspondence.phrasebook import phrases
from amends.kit.clock import now
from amends.rules.due import last_moment
from amends.rules.statutes import Body, Trigger, bodies


def bodies_for(complaint: Complaint, *, verified: bool = True) -> list[Body]:
    """The bodies of the complaint's country and trade: those read in a source, or those that were not."""
    reckoning = Reckoning(complaint)
    return [body for body in bodies(reckoning.pack, reckoning.sector) if body.verified is verified]


def where_to_turn(complaint: Complaint, *, decided: bool = True) -> str:
    """The verified ones, as a letter in the customer’s language says them; several in a list.

    ``decided``: whether the letter is our answer. Before it, no day that counts from the answer is named.

    Nothing where none is known: what was not looked up is not told to a customer.
    """
    found = [in_words(body, complaint, decided=decided) for body in bodies_for(complaint)]
    return found[0] if len(found) == 1 else "".join(f"\n– {words}" for words in found)


def in_words(body: Body, complaint: Complaint, *, decided: bool = True) -> str:
    """One body: name, address, web site, and in brackets for which sums, until when and for what fee."""
    said = phrases(complaint.language)["bodies"]
    facts = said["between"].join(_facts(body, complaint, said, decided=decided))
    about = Template(said["about"]).substitute(facts=facts) if facts else ""
    return ", ".join([body.name, *body.address, body.web]) + about


def _facts(body: Body, complaint: Complaint, said: dict[str, str], *, decided: bool) -> Iterable[str]:
    language = complaint.language
    for name, limit in (("least", body.smallest), ("most", body.largest)):
        if limit is not None:
            yield Template(said[name]).substitute(sum=money(*limit, language))
    if last := _until(body, complaint, decided=decided):
        yield Template(said["by"]).substitute(day=day(last, language))
    if body.fee is not None:
        yield Template(said["fee"]).substitute(sum=money(*body.fee, language))


def _until(body: Body, complaint: Complaint, *, decided: bool) -> datetime | None:
    """The customer's own last day. What counts from our answer counts from this letter, which is it."""
    if body.within is None:
        return None
    length, unit, trigger = body.within
    moments = {Trigger.RECEIVED: complaint.received_at} | ({Trigger.DECIDED: now()} if decided else {})
    begun = moments.get(trigger)
    if begun is None:
        return None
    days = Reckoning(complaint).working_days
    return last_moment(begun, length, unit, zone=timezone.get_default_timezone(), days=days)
