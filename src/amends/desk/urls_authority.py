"""Who may approve how much, who stands in for whom, and the link of a mail that asks for an approval."""

from django.urls import URLPattern

from amends.desk.views import approval_link, deputies, limits
from amends.people.access import Open, route
from amends.rules.capabilities import Capability

A = Capability.ADMINISTER

authority_urls: list[URLPattern] = [
    route("people/limits", limits.limits, needs=A, name="limits"),
    route("people/limits/<int:pk>/removal", limits.limit_removal, needs=A, name="limit-removal"),
    route("people/two-look", limits.two_look, needs=A, name="two-look"),
    route("people/two-look/<int:pk>/removal", limits.two_look_removal, needs=A, name="two-look-removal"),
    # for who leads and who looks after the house, of oneself for who approves: the views ask for these
    route("people/deputies", deputies.deputies, needs=Open.SIGNED_IN, name="deputies"),
    route(
        "people/deputies/<int:pk>/removal",
        deputies.deputy_removal,
        needs=Open.SIGNED_IN,
        name="deputy-removal",
    ),
    route("approvals/<str:token>", approval_link.approval_link, needs=Open.LINK, name="approval-link"),
    route(
        "approvals/<str:token>/documents/<str:key>",
        approval_link.approval_document,
        needs=Open.LINK,
        name="approval-document",
    ),
    route("me/deputies", deputies.my_deputy, needs=Open.SIGNED_IN, name="my-deputy"),
]
