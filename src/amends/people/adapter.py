from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from amends.kit.throttle import sender_of


class HouseAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff are added by the house; nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
        "email_password_mismatch": _("E-mail and password do not belong together."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network that a try comes from; behind the house’s proxy not the proxy’s, which all share."""
        return sender_of(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: whoever has signed in sees it by the page."""
