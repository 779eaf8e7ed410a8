"""All addresses of the house: each face brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from amends.people.access import Open, route
from amends.project.health import health

# The desk comes last: it is at home at "/", and would otherwise be asked for every page of the others.
_FACES = [f"amends.{face}.urls" for face in ("api", "portal", "desk")]

urlpatterns: list[URLPattern | URLResolver] = [
    route("healthz", health, needs=Open.PUBLIC, name="health"),
    *(path("", include(face)) for face in _FACES if find_spec(face)),
]

handler400 = "amends.project.errors.bad_request"
handler403 = "amends.project.errors.forbidden"
handler404 = "amends.project.errors.not_found"
handler500 = "amends.project.errors.server_error"
