"""Where a customer is invited to say in public that it is good (mission B9), and the house's word on it."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from amends.cases.models import Complaint, ReviewPlaces
from amends.people.models import StaffMember


class Place(TypedDict):
    """One address, for complaints from one country or in one language, or for all where these are empty."""

    country: str
    language: str
    url: str


class Clash(Exception):
    """Somebody saved another version meanwhile. Nothing was changed."""


def current_places() -> ReviewPlaces:
    """The version that holds; an unsaved empty one where the house has said nothing."""
    return ReviewPlaces.objects.select_related("by").first() or ReviewPlaces(version=0)


def review_link(complaint: Complaint) -> str:
    """Where this customer can write a review: the place that fits best, country before language; empty where
    the house has named none that fits.
    """
    fitting = [
        place
        for place in current_places().places
        if place["country"] in ("", complaint.country) and place["language"] in ("", complaint.language)
    ]
    best = max(fitting, key=lambda place: (bool(place["country"]), bool(place["language"])), default=None)
    return str(best["url"]) if best else ""


@transaction.atomic
def keep_places(
    places: list[Place], after_days: int, *, seen: int, by: StaffMember, at: datetime
) -> ReviewPlaces:
    """Another version, which holds from now on. Raises Clash when ``seen`` is not the newest."""
    newest = ReviewPlaces.objects.select_for_update().first()
    if (newest.version if newest else 0) != seen:
        raise Clash
    return ReviewPlaces.objects.create(version=seen + 1, places=places, after_days=after_days, at=at, by=by)
