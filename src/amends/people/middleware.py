from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class OwnLanguage:
    """Each person reads in their own language: staff in the one they chose, a visitor in the browser's.

    The customer's link sets its own (the complaint's) in the portal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated and not request.path.startswith("/c/")
        chosen = request.user.language if signed_in else translation.get_language_from_request(request)  # type: ignore[union-attr]
        with translation.override(chosen):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE or "en")
        return response
