"""Rows for a ledger: agreements with remedies, done or not, written straight into the tables."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from amends.cases.models import Agreement, Complaint, Duty, Offer, Plan, Remedy
from tests.conftest import MONDAY, House


def agreed(house: House, case: Complaint, *, currency: str = "SEK", at: datetime = MONDAY) -> Agreement:
    """A plan that both sides agreed to, with nothing in it yet."""
    number = case.plans.count() + 1
    plan = Plan.objects.create(complaint=case, version=number, author=house.handler, at=at, currency=currency)
    offer = Offer.objects.create(
        complaint=case, plan=plan, round=number, text="…", made_by=house.handler, made_at=at,
        expires_at=at, answer="accepted",
    )  # fmt: skip
    return Agreement.objects.create(
        complaint=case, offer=offer, text="…", text_sha256=f"{number:064}", language="en",
        signed_name="Clara", signed_as="customer", signed_at=at, means="code",
    )  # fmt: skip


def promised(
    agreement: Agreement,
    cost: str | Decimal,
    *,
    amount: str | Decimal | None = None,
    done: datetime | None = None,
    drawn: bool = True,
    **more: Any,
) -> Remedy:
    """One remedy of it, and its duty unless it is not drawn up yet."""
    plan = agreement.offer.plan
    department = more.pop("department", None)
    remedy = Remedy.objects.create(
        plan=plan,
        position=plan.remedies.count() + 1,
        cost=Decimal(cost),
        amount=None if amount is None else Decimal(amount),
        **{"kind": "refund", "description": "the price", **more},
    )
    if drawn:
        Duty.objects.create(
            complaint=plan.complaint, remedy=remedy, due_at=agreement.signed_at, proof_kind="payment",
            department=department, done_at=done, proof="PAY 1" if done else "",
            done_by_name="Per Packer" if done else "",
        )  # fmt: skip
    return remedy
