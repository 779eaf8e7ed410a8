"""The addresses of what the house changes about its words and letters."""

from django.urls import URLPattern

from amends.desk.views import letterhead, texts
from amends.people.access import Open, route
from amends.rules.capabilities import Capability

_ADMIN = Capability.ADMINISTER
_ONE = "texts/<slug:language>/<slug:name>"

words_urls: list[URLPattern] = [
    # For who writes to customers and for who changes the texts: the view asks for HANDLE or ADMINISTER.
    route("texts", texts.texts, needs=Open.SIGNED_IN, name="texts"),
    route(_ONE, texts.text, needs=_ADMIN, name="text"),
    route(f"{_ONE}/page", texts.text_page, needs=_ADMIN, name="text-page"),
    route(f"{_ONE}/confirmation", texts.text_confirmation, needs=_ADMIN, name="text-confirmation"),
    route(f"{_ONE}/pack-words", texts.pack_words, needs=_ADMIN, name="pack-words"),
    route("letterhead", letterhead.letterhead, needs=_ADMIN, name="letterhead"),
    route("letterhead/page", letterhead.letterhead_page, needs=_ADMIN, name="letterhead-page"),
]
