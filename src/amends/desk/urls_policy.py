"""The policy's addresses. Read by who works by it, written by who leads, switched on by who administers."""

from django.urls import URLPattern

from amends.desk.views import policy, policy_rows, policy_trial
from amends.people.access import Open, route
from amends.rules.capabilities import Capability

_ADMIN, _LEAD = Capability.ADMINISTER, Capability.LEAD
_ONE = "policy/<int:number>"

policy_urls: list[URLPattern] = [
    # For who plans by it and for who keeps the house: the views ask for HANDLE or ADMINISTER.
    route("policy", policy.policy, needs=Open.SIGNED_IN, name="policy"),
    route("policy/versions", policy.new_policy, needs=_LEAD, name="new-policy"),
    route(_ONE, policy.policy_version, needs=Open.SIGNED_IN, name="policy-version"),
    route(f"{_ONE}/table.json", policy.policy_table, needs=Open.SIGNED_IN, name="policy-table"),
    route(f"{_ONE}/switching-on", policy.policy_on, needs=_ADMIN, name="policy-on"),
    route(f"{_ONE}/calling-back", policy.policy_back, needs=_ADMIN, name="policy-back"),
    route(f"{_ONE}/removal", policy.policy_removal, needs=_LEAD, name="policy-removal"),
    route(f"{_ONE}/departures", policy_rows.policy_departures, needs=_LEAD, name="policy-departures"),
    route(f"{_ONE}/rows", policy_rows.policy_row, needs=_LEAD, name="new-policy-row"),
    route(f"{_ONE}/rows/<slug:row_id>", policy_rows.policy_row, needs=_LEAD, name="policy-row"),
    route(
        f"{_ONE}/rows/<slug:row_id>/place", policy_rows.policy_row_place, needs=_LEAD, name="policy-row-place"
    ),
    route(
        f"{_ONE}/rows/<slug:row_id>/removal",
        policy_rows.policy_row_removal,
        needs=_LEAD,
        name="policy-row-removal",
    ),
    route(f"{_ONE}/trial", policy_trial.policy_trial, needs=_LEAD, name="policy-trial"),
    route(f"{_ONE}/trial/cases", policy_trial.trial_cases, needs=_LEAD, name="trial-cases"),
    route(f"{_ONE}/trial.csv", policy_trial.trial_csv, needs=_LEAD, name="trial-csv"),
]
