"""A new password by mail, for who forgot theirs."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import views as library
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy

from amends.desk.forms.signing_in import Forgotten, NewPassword
from amends.kit.throttle import count, sender_of, too_often

ASKED = "new password"
SPAN = timedelta(minutes=10)
MOST = 5  # askings by one sender in SPAN


class Asked(library.PasswordResetView):
    """GET the form; POST sends the link and says the same whether or not the address is known."""

    form_class = Forgotten
    template_name = "desk/password/forgotten.html"
    email_template_name = "desk/password/mail.txt"
    subject_template_name = "desk/password/mail_subject.txt"
    success_url = reverse_lazy("password-sent")
    extra_email_context = {"base_url": settings.AMENDS_BASE_URL}  # noqa: RUF012  (as the library has it)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """429 for who asks too often."""
        sender = sender_of(request)
        if too_often(ASKED, sender, limit=MOST, within=SPAN):
            form = self.get_form()
            return self.render_to_response(self.get_context_data(form=form, too_often=True), status=429)
        count(ASKED, sender, within=SPAN)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """422, with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Chosen(library.PasswordResetConfirmView):
    """The page behind the mailed link: a new password, twice. 422 if it will not do."""

    form_class = NewPassword
    template_name = "desk/password/choose.html"
    success_url = reverse_lazy("password-chosen")

    def form_invalid(self, form: Any) -> HttpResponse:
        """422, with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


forgotten = Asked.as_view()
choose = Chosen.as_view()


def sent(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "desk/password/sent.html")


def chosen(request: HttpRequest) -> HttpResponse:
    """It is done: sign in."""
    return render(request, "desk/password/chosen.html")
