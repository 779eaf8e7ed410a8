"""All addresses of the house: each face brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from amends.people.access import Open, route
from amends.project.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    route("healthz", health, needs=Open.PUBLIC, name="health"),
    path("", include("amends.api.urls")),
    path("", include("amends.portal.urls")),
    path("", include("amends.desk.urls")),
]

handler400 = "amends.project.errors.bad_request"
handler403 = "amends.project.errors.forbidden"
handler404 = "amends.project.errors.not_found"
handler500 = "amends.project.errors.server_error"
