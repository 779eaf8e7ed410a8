"""What customers and the public see: the link with its steps, each a noun; and the public form."""

from django.urls import URLPattern

from amends.people.access import Open, View, route
from amends.portal.views import conversation, exits, following, offer, problem, signing
from amends.portal.views.complain import complain
from amends.portal.views.duty import duty
from amends.portal.views.files import data, download
from amends.portal.views.invitations import invitations
from amends.portal.views.page import page
from amends.portal.views.receipt import receipt
from amends.portal.views.talks import talk


def _on_link(noun: str, view: View) -> URLPattern:
    return route(f"c/<str:secret>/{noun}", view, needs=Open.LINK, name=f"portal-{noun}")


urlpatterns: list[URLPattern] = [
    route("complain", complain, needs=Open.PUBLIC, name="complain"),
    route("invitations/<str:token>", invitations, needs=Open.LINK, name="invitations"),
    route("duties/<str:token>", duty, needs=Open.LINK, name="duty"),
    route("c/<str:secret>/", page, needs=Open.LINK, name="portal"),
    _on_link("receipt", receipt),
    _on_link("problem-confirmation", problem.confirmation),
    _on_link("problem-correction", problem.correction),
    _on_link("messages", conversation.messages),
    _on_link("documents", conversation.documents),
    route("c/<str:secret>/documents/<str:key>", download, needs=Open.LINK, name="portal-document"),
    route("c/<str:secret>/talks/<str:key>", talk, needs=Open.LINK, name="portal-talk"),
    _on_link("counter-proposal", offer.counter_proposal),
    _on_link("declined-offer", offer.declined_offer),
    _on_link("signing-code", signing.signing_code),
    _on_link("signature", signing.signature),
    _on_link("agreement-withdrawal", signing.agreement_withdrawal),
    _on_link("satisfaction", following.satisfaction),
    _on_link("dissatisfaction", following.dissatisfaction),
    _on_link("escalation", exits.escalation),
    _on_link("withdrawal", exits.withdrawal),
    _on_link("reopening", exits.reopening),
    _on_link("data", data),
]
