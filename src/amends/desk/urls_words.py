"""The addresses of what the house changes about its words and letters."""

from django.urls import URLPattern

from amends.desk.views import coach_habits, coach_rules, coaching, letterhead, reviews, texts
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
    route("coach", coach_rules.coach_rules, needs=Open.SIGNED_IN, name="coach-rules"),  # likewise
    route("coach/kinds/<str:kind>", coach_rules.coach_kind, needs=_ADMIN, name="coach-kind"),
    route("coach/words/<slug:language>", coach_rules.coach_words, needs=_ADMIN, name="coach-words"),
    route("coach/off", coach_rules.coach_off, needs=_ADMIN, name="coach-off"),
    route("coach/habits", coach_habits.coach_habits, needs=Capability.LEAD, name="coach-habits"),
    # For who changes the house's texts and for who writes to everybody: reads what is typed, keeps nothing.
    route("coach/<str:kind>/<slug:language>", coaching.plain, needs=Open.SIGNED_IN, name="coach-plain"),
    route("reviews", reviews.reviews, needs=_ADMIN, name="reviews"),
    route("letterhead", letterhead.letterhead, needs=_ADMIN, name="letterhead"),
    route("letterhead/page", letterhead.letterhead_page, needs=_ADMIN, name="letterhead-page"),
]
