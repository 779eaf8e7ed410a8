"""The letter for a longer time: what its rule asks for, and who is outside meanwhile."""

from datetime import timedelta
from html import unescape

from amends.cases.models import Clock
from amends.kit.clock import set_to
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk


def test_it_names_who_is_outside_also_where_nobody_handles_the_case_and_no_day_that_did_not_begin(
    house: House,
) -> None:
    in_april = MONDAY + timedelta(days=42)
    case = house.complaint(country="MY", sector="finance", at=in_april, received_at=in_april)
    clock = Clock.objects.get(complaint=case, kind="answer")
    assert (case.handler, clock.law) == (None, "my-bnm-answer-simple")
    with set_to(in_april + timedelta(hours=1)):
        response = Desk(house.handler, case).get(f"clocks/{clock.pk}/extension")
    text = response.context["form"]["text"].initial  # type: ignore[attr-defined]
    outside = text.partition("Where you can turn outside our house in the meantime: ")[2]
    # Its six months begin with our answer, and this letter is none.
    assert outside.partition("\n")[0].replace("\xa0", " ") == (
        "Financial Markets Ombudsman Service (FMOS), https://www.fmos.org.my (worth at most MYR 250,000.00)"
    )
    assert "looking after your case" not in text
    assert "Clock object" not in response.content.decode()
    assert "if the customer is told: complex, new date." in unescape(response.content.decode())
