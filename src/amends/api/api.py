"""The JSON API: routers, problems, and the description that everything else is made from."""

from functools import cache
from importlib import import_module
from typing import Any

from ninja import NinjaAPI

from amends.api.auth import Bearer
from amends.api.operations import router
from amends.api.problems import handle_problems
from amends.api.schemas.answers import ProblemFile

api = NinjaAPI(
    title="Amends",
    version="1",
    urls_namespace="api",
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    description="Complaints, from the first word to a satisfied customer.",
)
for _topic in (
    "intake", "listening", "investigating", "planning", "settling", "carrying_out", "exits", "documents",
    "meetings", "reading", "clocks", "outside", "coaching", "ledger",
):  # fmt: skip
    import_module(f"amends.api.routers.{_topic}")  # each puts its operations on the router
api.add_router("", router)
handle_problems(api)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document, built once."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    schema["components"]["schemas"]["ProblemFile"] = ProblemFile.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    schema["components"]["schemas"]["ProblemFile"].pop("$defs", None)
    return schema
