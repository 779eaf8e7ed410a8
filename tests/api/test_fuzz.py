"""Random and wrong requests, made from the API's own description: no fault of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from amends.project.wsgi import application
from tests.api.conftest import Let
from tests.api.test_loop import decided
from tests.conftest import House

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance
]  # fmt: skip


@contextmanager
def one_connection() -> Iterator[None]:
    """The real handler ends connections between requests; the test's own must last."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_request_breaks_it(house: House, let: Let) -> None:
    program = let(house.lead)
    keys = [house.complaint().key, decided(program).rsplit("/", 1)[-1]]
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
        for result in schema.get_all_operations():
            assert isinstance(result, Ok)
            _attempt(result.ok(), keys, program.headers)


def _attempt(operation: Any, keys: list[str], headers: dict[str, str]) -> None:
    of_a_complaint = operation.path.startswith("/api/v1/complaints/{key}")

    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(
        max_examples=6,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=right | wrong, key=st.sampled_from([*keys, ""]))
    def attempt(case: Any, key: str) -> None:
        if of_a_complaint and key:
            case.path_parameters["key"] = key
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    attempt()
