"""The addresses of the desk. What each needs stands on its line (see ``people.access``).

Names are in the namespace ``desk`` (``desk:complaint``); those of signing in are not, because the sign-in
library looks them up by its own names.
"""

from django.urls import URLPattern, URLResolver, include, path

from amends.desk.urls_complaint import complaint_urls
from amends.desk.views.sign_in_link import sign_in_link
from amends.people.access import Open, route

sign_in_urls = [
    route("sign-in/link/<str:token>", sign_in_link, needs=Open.PUBLIC, name="sign-in-link"),
]

desk_urls: list[URLPattern | URLResolver] = [
    # one complaint and its steps; after the fixed addresses under complaints/, which a key must not hide
    *complaint_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    *sign_in_urls,
    path("", include((desk_urls, "desk"))),
]
