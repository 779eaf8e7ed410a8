"""The whole loop clicked through: every form is taken from the page as it is rendered, and sent back."""

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases.models import Complaint
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_the_whole_loop_is_clicked_through(house: House) -> None:
    case = house.complaint()
    with clock.set_to(MONDAY):
        hanna, lena, per = (Desk(p, case) for p in (house.handler, house.lead, house.packer))
        assert "“The kettle leaks” is with us" in hanna.form("acknowledgement")["text"]
        hanna.take("acknowledgement")
        hanna.take("assignment", handler=house.handler.pk)
        hanna.take("investigation")
        hanna.take("inquiries", department=house.warehouse.pk, question="When was it packed?")
        inquiry = case.inquiries.get()
        per.take(f"inquiries/{inquiry.key}/statement", statement="In January.")
        hanna.take("understanding", understood="The kettle leaks.")
        hanna.take("confirmation")
        hanna.take("points/1/finding", finding="justified", reasons="A bad seal.", cause="The supplier.")
        hanna.take("decision")
        hanna.take(
            "plans",
            currency="SEK",
            **{
                "lines-0-kind": "refund",
                "lines-0-description": "The price of the kettle",
                "lines-0-amount": "499.00",
                "lines-0-cost": "499.00",
                "lines-0-department": house.warehouse.pk,
                "lines-2-kind": "gift",
                "lines-2-description": "A tea towel",
                "lines-2-cost": "30",
                "lines-2-after": "1",
                "lines-2-little_more": "on",
            },
        )
        hanna.take("submission")
        lena.take("approval", note="Fair.")
        hanna.take("offers", offer="We pay you back.")
        hanna.take("counter-proposal", words="And the postage?", channel="phone")
        hanna.take("plans")
        hanna.take("submission")
        lena.take("approval")
        hanna.take("offers", offer="We pay you back.")
        hanna.take("signed-papers", scan=SimpleUploadedFile("signed.pdf", PDF))
        lena.take("agreement")
        hanna.take("duties")
        hanna.take("fulfilment")
        for duty in Complaint.objects.get().duties.order_by("remedy__position"):
            hanna.take(f"duties/{duty.key}/proof", carrier="PostNord", proof="BG 1234")
        hanna.take("completion")
        hanna.take("follow-up")
        hanna.take("satisfaction", words="Thank you.", channel="phone")
    case.refresh_from_db()
    assert (case.stage, case.outcome) == ("closed", "satisfied")
    remedies = case.plans.last().remedies.values_list("position", "kind", "after", "little_more")  # type: ignore[union-attr]
    assert list(remedies) == [(1, "refund", None, False), (2, "gift", 1, True)]
    agreement = case.agreements.get()
    assert (agreement.means, agreement.scan.name if agreement.scan else "") == ("paper", "signed.pdf")
