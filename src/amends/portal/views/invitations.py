"""No more invitations: what List-Unsubscribe of an invitation points at (RFC 8058).

The address names the complaint by its reply token and opens nothing of it. Programs that look at links
before a person does only ever GET: that shows a button. A POST is the person's word, from the button or from
their mail program, which brings neither a cookie nor a page of ours: the token is all that it needs.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from amends.cases import actions
from amends.cases.models import Complaint
from amends.correspondence.reply_token import complaint_of_token
from amends.kit.clock import now
from amends.people.actors import customer_actor
from amends.people.models import Customer
from amends.portal.visit import no_such_link, private


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops them. A false token gets the page that says what to do."""
    complaint = complaint_of_token(token.lower())
    if complaint is None:
        return _private(no_such_link(request))
    with translation.override(complaint.language):
        if request.method == "POST":
            _stop(complaint)
        stopped = Customer.objects.filter(pk=complaint.customer_id, no_invitations=True).exists()
        response = render(request, "portal/invitations.html", {"complaint": complaint, "stopped": stopped})
        response.headers["Content-Language"] = complaint.language
    return _private(response)


def _stop(complaint: Complaint) -> None:
    with transaction.atomic():
        customer = Customer.objects.select_for_update().get(pk=complaint.customer_id)
        if not customer.no_invitations:  # said twice, it is put on file once
            actions.stop_invitations(complaint, by=customer_actor(complaint.speaker), at=now())


def _private(response: HttpResponse) -> HttpResponse:
    private(response, referrer="no-referrer")
    return response
