"""The documentation page, made from the API's own description: nothing in it is written twice."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext

from amends.api.api import description
from amends.api.problems import KINDS
from amends.cases.words import REASONS, STEPS
from amends.rules import lifecycle
from amends.rules.lifecycle import Reason

Json = Mapping[str, Any]
EVERY_STEP = (Reason.WRONG_STAGE, Reason.NOT_ALLOWED, Reason.CONFLICT_OF_INTEREST)


@dataclass(frozen=True)
class Field:
    """One field of a body, or one parameter of an address."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    tag: str
    needs: str
    step: str | Promise
    stages: tuple[str, ...]
    parameters: tuple[Field, ...]
    fields: tuple[Field, ...]
    reasons: tuple[tuple[str, str | Promise], ...]
    example: str


def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation, by topic."""
    topics: dict[str, list[Operation]] = {}
    for operation in operations(description()):
        topics.setdefault(gettext(operation.tag), []).append(operation)
    return render(request, "api/docs.html", {"topics": topics, "problems": KINDS})


def operations(schema: Json) -> Iterator[Operation]:
    """Every operation of an OpenAPI document, in its order."""
    for path, methods in schema["paths"].items():
        for method, details in methods.items():
            yield _operation(schema, path, method.upper(), details)


def _operation(schema: Json, path: str, method: str, details: Json) -> Operation:
    step = lifecycle.STEPS.get(details.get("x-step", ""))
    media, body = _body(schema, details)
    return Operation(
        name=details["operationId"],
        method=method,
        path=path,
        summary=details["summary"],
        tag=details["tags"][0],
        needs=details["x-needs"],
        step=STEPS[step.name] if step else "",
        stages=tuple(stage for stage in lifecycle.Stage if step and stage in step.sources),
        parameters=tuple(
            Field(p["name"], _kind(schema, p["schema"]), p["required"]) for p in details["parameters"]
        ),
        fields=tuple(_fields(schema, body)),
        reasons=tuple(_reasons(step)) if step else (),
        example=_curl(path, method, media, _example(schema, body)),
    )


def _reasons(step: lifecycle.Step) -> Iterator[tuple[str, str | Promise]]:
    guards = (Reason(guard.__name__) for guard in step.guards)
    for reason in (*EVERY_STEP, *guards):
        yield reason.value, REASONS[reason]


def _body(schema: Json, details: Json) -> tuple[str, Json]:
    content = details.get("requestBody", {}).get("content", {})
    for media, given in content.items():
        return media, _resolved(schema, given["schema"])
    return "", {}


def _resolved(schema: Json, part: Json) -> Json:
    for one in (part, *part.get("allOf", ()), *part.get("anyOf", ())):
        if "$ref" in one:
            found: Json = schema["components"]["schemas"][one["$ref"].rsplit("/", 1)[-1]]
            return found
    return part


def _fields(schema: Json, body: Json) -> Iterator[Field]:
    for name, part in body.get("properties", {}).items():
        yield Field(name, _kind(schema, part), name in body.get("required", ()))


def _kind(schema: Json, part: Json) -> str:
    options = [o for o in part.get("anyOf", ()) if o.get("type") != "null"]
    part = _resolved(schema, options[0] if options else part)
    if "enum" in part:
        return " · ".join(str(value) for value in part["enum"])
    if part.get("type") == "array":
        return f"[{_kind(schema, part['items'])}]"
    if "properties" in part:
        return "{" + ", ".join(part["properties"]) + "}"
    return str(part.get("format") or part.get("type", ""))


def _example(schema: Json, body: Json) -> Any:
    """A body with what is required."""
    required = body.get("required", ())
    return {name: _value(schema, name, body["properties"][name]) for name in required}


def _value(schema: Json, name: str, part: Json) -> Any:
    part = _resolved(schema, part)
    if "properties" in part and "examples" not in part:
        return _example(schema, part)
    if part.get("type") == "array":
        return [_value(schema, name, part["items"])]
    if "enum" in part:
        return part["enum"][0]
    return (part.get("examples") or ["…"])[0]


def _curl(path: str, method: str, media: str, body: Any) -> str:
    lines = [f"curl {settings.AMENDS_BASE_URL}{path}", '-H "Authorization: Bearer $TOKEN"']
    if method != "GET":
        lines.insert(1, f"-X {method}")
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if media == "multipart/form-data":
        lines.append("-F file=@invoice.pdf")
    elif media:
        lines += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, ensure_ascii=False)}'"]
    return " \\\n  ".join(lines)
