"""Another wording from an OpenAI-compatible endpoint, if the house has switched one on. Off, nothing leaves.

What goes there is the text between greeting and close, its language, and what the coach said of it. The
answer is a suggestion: it is read by the coach like anybody's, shown beside the text, and never put in.
"""

import json
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from amends.coach.draft import Finding
from amends.people.languages import LANGUAGES

SECONDS = 20
MOST = 200_000  # bytes of an answer
NAMES = {"en": "English", "sv": "Swedish", "pl": "Polish", "ms": "Malay", "zh-hans": "Simplified Chinese"}


class NoRewording(Exception):
    """The endpoint gave none; the text is a sentence for a person."""


def switched_on() -> bool:
    """Whether the house has named an endpoint."""
    return bool(settings.AMENDS_REWORDING_URL)


def where_to() -> str:
    """The machine that the text would go to."""
    return urlsplit(settings.AMENDS_REWORDING_URL).netloc.rpartition("@")[2]


def reword(text: str, language: str, findings: Sequence[Finding]) -> str:
    """Another wording of ``text``. Raises NoRewording; waits up to ``SECONDS`` seconds."""
    if not switched_on():
        raise NoRewording(_("No other wording is asked for in this house."))
    body = {
        "model": settings.AMENDS_REWORDING_MODEL,
        "temperature": 0.3,
        "messages": [
            {"role": "system", "content": _task(language, findings)},
            {"role": "user", "content": text},
        ],
    }
    try:
        with build_opener(_Straight).open(_request(body), timeout=SECONDS) as answer:
            content = json.loads(answer.read(MOST))["choices"][0]["message"]["content"]
    except HTTPError as error:
        raise NoRewording(
            _("%(host)s refused (%(status)s).") % {"host": where_to(), "status": error.code}
        ) from None
    except (URLError, HTTPException, OSError):
        raise NoRewording(_("%(host)s did not answer.") % {"host": where_to()}) from None
    except (ValueError, KeyError, IndexError, TypeError):
        raise NoRewording(_("%(host)s gave no wording.") % {"host": where_to()}) from None
    if not isinstance(content, str) or not content.strip():
        raise NoRewording(_("%(host)s gave no wording.") % {"host": where_to()})
    return content.strip().replace("\0", "")


class _Straight(HTTPRedirectHandler):
    """Follows nobody elsewhere: the house named one machine, and the text goes to no other."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _request(body: object) -> Request:
    base = settings.AMENDS_REWORDING_URL.rstrip("/")
    if urlsplit(base).scheme not in ("http", "https"):
        raise NoRewording(_("The address of the endpoint is no web address."))
    url = base if base.endswith("/chat/completions") else f"{base}/chat/completions"
    headers = {"Content-Type": "application/json", "User-Agent": "Amends"}
    if settings.AMENDS_REWORDING_KEY:
        headers["Authorization"] = f"Bearer {settings.AMENDS_REWORDING_KEY}"
    return Request(url, json.dumps(body).encode(), headers)  # noqa: S310  only http and https come here


def _task(language: str, findings: Sequence[Finding]) -> str:
    named = NAMES.get(language, dict(LANGUAGES).get(language, language))
    wishes = [f"- “{one.text}”: {one.instead}" for one in findings if one.text]
    return "\n".join(
        [
            f"You reword a text to a customer who complained. Write it in {named}, plainly and warmly.",
            "Keep every fact, sum, day, name, number and link as it is. Add no promise and no fact.",
            "Answer with the text alone: no greeting, no close, no remark.",
            *(["Mend this:", *wishes] if wishes else []),
        ]
    )
