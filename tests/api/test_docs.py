"""The API describes itself, and nothing is left out."""

import json

from django.test import Client
from django.urls import URLPattern, URLResolver

from amends.api.api import api, description
from amends.api.docs import operations
from amends.api.urls import urlpatterns
from amends.people.access import Open
from amends.rules.capabilities import Capability


def test_every_operation_names_what_it_needs() -> None:
    views = [
        operation.view_func
        for bound in api._get_bound_routers()
        for path in bound.path_operations.values()
        for operation in path.operations
    ]
    assert len(views) == 95
    assert {type(view.needs) for view in views} == {Capability}  # type: ignore[attr-defined]
    (under,) = urlpatterns
    assert isinstance(under, URLResolver)
    patterns = [p for p in under.url_patterns if isinstance(p, URLPattern)]
    assert len(patterns) == len(under.url_patterns)
    assert all(pattern.callback.needs in (Open.TOKEN, Open.PUBLIC) for pattern in patterns)  # type: ignore[attr-defined]


def test_the_description_is_open_and_complete(db: None) -> None:
    served = Client().get("/api/v1/openapi.json").json()
    assert served["openapi"] == "3.1.0"
    decide = served["paths"]["/api/v1/complaints/{key}/decision"]["post"]
    assert (decide["x-needs"], decide["x-step"], decide["tags"]) == ("handle", "decide", ["Investigating"])
    assert "application/problem+json" in decide["responses"]["409"]["content"]


def test_the_page_shows_every_operation_without_scripts(db: None) -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    for operation in operations(description()):
        assert f'id="{operation.name}"' in text
    assert "<script" not in text
    assert "Not every point has a finding with reasons." in text


def test_an_example_is_one_that_works() -> None:
    register = next(o for o in operations(description()) if o.name == "register")
    last = register.example.splitlines()[-1].strip()
    assert json.loads(last.removeprefix("-d ").strip("'")) == {
        "customer": {"name": "Clara Customer", "email": "clara@example.org"},
        "story": "The kettle leaks.",
        "channel": "letter",
        "category": "billing",
    }
