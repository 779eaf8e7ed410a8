"""Whatever the facts are, the rules answer and never raise."""

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.rules.authority import Limits
from amends.rules.capabilities import Actor, ActorKind, Capability
from amends.rules.lifecycle import STEPS, Facts, Reason, Stage, why_not

ids = st.none() | st.integers(0, 4)
counts = st.integers(0, 3)
sums = st.decimals(0, 10_000, places=2)
currencies = st.sampled_from(["", "SEK", "PLN"])
moments = st.none() | st.datetimes(timezones=st.just(UTC))

limits = st.builds(
    Limits,
    holder=ids,
    level=counts,
    case=st.dictionaries(currencies, sums),
    month=st.dictionaries(currencies, sums),
    kinds=st.dictionaries(st.tuples(st.sampled_from(["refund", "gift"]), currencies), sums),
    since=moments,
    until=moments,
)

all_facts = st.builds(
    Facts,
    stage=st.none() | st.sampled_from(Stage),
    formal=st.booleans(),
    level=counts,
    handler_id=ids,
    handler_level=counts,
    complained_about=st.frozensets(st.integers(0, 4)),
    issues=counts,
    issues_without_finding=counts,
    issues_upheld=counts,
    open_inquiries=counts,
    said_back=st.booleans(),
    plan_kinds=st.dictionaries(st.sampled_from(["refund", "gift"]), sums),
    plan_level=counts,
    plan_departs=st.booleans(),
    below_floor=st.booleans(),
    spent_before=sums,
    spent_this_month=st.dictionaries(
        st.integers(0, 4), st.dictionaries(st.sampled_from(["refund", "gift"]), sums)
    ),
    needs_two=st.booleans(),
    first_look_covers=st.booleans(),
    first_look_by=ids,
    withdraw_until=moments,
    paper_by=ids,
    paper_waits=st.booleans(),
    pending=st.booleans(),
    this_text=st.booleans(),
    proof_fits=st.booleans(),
    invitable=st.booleans(),
    plan_id=ids,
    plan_author_id=ids,
    plan_remedies=counts,
    plan_approved=st.booleans(),
    plan_cost=st.none() | sums,
    plan_currency=currencies,
    upheld_without_remedy=counts,
    offer_expires_at=moments,
    remedies_without_duty=counts,
    duties_without_proof=counts,
    written_answer=st.booleans(),
    times_asked=counts,
    follow_up_due=moments,
    at=moments,
    signed_for=st.booleans(),
    words=st.booleans(),
    customer_reached=st.booleans(),
    this_plan=ids,
    signature=st.sampled_from(["", "code", "paper", "x"]),
    signatory_may_sign=st.booleans(),
    represented=st.booleans(),
    authority=st.booleans(),
    third_party=st.booleans(),
    other_is_open=st.booleans(),
    waits=st.booleans(),
    still_open=st.booleans(),
    own_department=st.booleans(),
    candidate_level=counts,
    candidate_id=ids,
    coach_missing=st.sampled_from([(), ("no-reference",)]),
    overridden=st.booleans(),
)
actors = st.builds(
    Actor,
    kind=st.sampled_from(ActorKind),
    name=st.just("Somebody"),
    id=ids,
    level=counts,
    capabilities=st.frozensets(st.sampled_from(Capability)),
    authority=st.lists(limits, max_size=2),
)


@settings(max_examples=100, deadline=None)
@given(facts=all_facts, actor=actors)
def test_why_not_always_answers(facts: Facts, actor: Actor) -> None:
    for step in STEPS.values():
        reasons = why_not(step, facts, actor)
        assert all(isinstance(reason, Reason) for reason in reasons)
        assert len(set(reasons)) == len(reasons)
        if facts.stage not in step.sources and not (facts.stage is None and not step.sources):
            assert reasons == (Reason.WRONG_STAGE,)
        if actor.kind is ActorKind.STAFF and actor.id in facts.complained_about:
            assert reasons
