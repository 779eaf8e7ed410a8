"""One line per operation: where it is, what it needs, what it answers.

``reads`` and ``step`` are the only ways to put an operation on the router. Both check the capability, both
render the answer; a step is carried out once for each ``Idempotency-Key``, and needs what the step itself
needs in ``rules.lifecycle``.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from amends.api.auth import Request
from amends.api.problems import PROBLEM_JSON, Invalid, OutOfScope
from amends.kit.chain import digest
from amends.kit.once import once
from amends.rules.capabilities import Capability
from amends.rules.lifecycle import STEPS

View = Callable[..., Any]
LONGEST_KEY = 120


class Resource(NamedTuple):
    """Where a step is taken."""

    path: str
    operation: str


router = Router()  # one for all: reading and stepping share addresses
RESOURCES: dict[str, Resource] = {}  # step of the lifecycle → where it is taken

_key_header: Mapping[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same key again repeats the first answer and changes nothing.",
    "schema": {"type": "string", "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}

PROBLEM: Mapping[str, Any] = {
    "description": "A problem",
    "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemFile"}}},
}


def reads(
    topic: str,
    path: str,
    answer: type[Schema] | None,
    *,
    needs: Capability = Capability.READ,
    method: str = "GET",
) -> Callable[[View], View]:
    """An operation that changes nothing. ``answer`` None: the view answers with a response of its own.

    ``method`` is POST where what is asked is too long for an address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, **given: Any) -> HttpResponseBase:
            require(request, needs)
            result = view(request, **given)
            return result if answer is None else as_json(answer, result)

        return _put(
            guarded, topic=topic, method=method, path=path, answers={200: answer}, needs=needs, takes=None
        )

    return decorate


def step(
    topic: str,
    path: str,
    answer: type[Schema],
    *,
    takes: str,
    status: int = 200,
    first: Callable[..., None] | None = None,
) -> Callable[[View], View]:
    """An operation that takes the step ``takes``. The view calls the action and returns what came of it.

    ``first`` does what must stand even if the step is refused.
    """
    needs = STEPS[takes].needs
    assert needs is not None, f"staff never take {takes}"

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, **given: Any) -> HttpResponseBase:
            require(request, needs)
            if first is not None:
                first(request, **given)
            return carry_out(request, answer, status, lambda: view(request, **given))

        RESOURCES.setdefault(takes, Resource(path, view.__name__))
        return _put(
            guarded, topic=topic, method="POST", path=path, answers={status: answer}, needs=needs, takes=takes
        )

    return decorate


def require(request: Request, needs: Capability) -> None:
    """The one place where a capability is enforced. Raises OutOfScope."""
    if needs not in request.auth.capabilities:
        raise OutOfScope(needs)


def carry_out(request: Request, answer: type[Schema], status: int, do: Callable[[], Any]) -> HttpResponse:
    """Do it once for this token's Idempotency-Key, and answer as it was answered the first time."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Invalid("Idempotency-Key", _("A key has up to 120 letters, digits and signs."))

    def act() -> tuple[int, dict[str, Any]]:
        return status, answer.model_validate(do()).model_dump(mode="json")

    done = once(f"api:{request.auth.token.pk}", key, fingerprint(request) if key else "", act)
    response = JsonResponse(done.answer, status=done.status)
    if done.repeated:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def fingerprint(request: Request) -> str:
    """What makes a request the same request: its method, its address, its body (a file by its bytes)."""
    parts = [request.method or "", request.get_full_path()]
    if request.content_type == "multipart/form-data":  # its boundary differs each time it is sent
        parts += [f"{name}={value}" for name, values in request.POST.lists() for value in values]
        for name, files in request.FILES.lists():
            for file in files:
                parts += [name, file.name or "", digest(file.read())]
                file.seek(0)
    else:
        parts.append(digest(request.body))
    return digest("\n".join(parts))


def as_json(answer: type[Schema], result: Any) -> HttpResponse:
    """The answer, with sums as text and times in UTC."""
    body = answer.model_validate(result).model_dump_json()
    return HttpResponse(body, content_type="application/json")


def _put(
    view: View,
    *,
    topic: str,
    method: str,
    path: str,
    answers: dict[int, Any],
    needs: Capability,
    takes: str | None,
) -> View:
    view.needs = needs  # type: ignore[attr-defined]
    view.takes = takes  # type: ignore[attr-defined]
    codes = (400, 401, 403, 404, 409, 413, 415, 422) if takes else (401, 403, 404, 422)
    extra: dict[str, Any] = {"x-needs": needs.value, "responses": dict.fromkeys(codes, PROBLEM)}
    if takes:
        extra |= {"x-step": takes, "parameters": [dict(_key_header)]}
    router.add_api_operation(
        path,
        [method],
        view,
        response=answers,
        openapi_extra=extra,
        tags=[topic],
        operation_id=view.__name__,
        summary=(view.__doc__ or "").strip().split("\n")[0],
    )
    return view
