"""Every address names what it needs, on its own line (see ``people.access``)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from amends.people.access import Open
from amends.rules.capabilities import Capability


def _walk(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, address)
        elif isinstance(entry, URLPattern):
            yield from ((address, view) for view in _views(entry.callback))


def _views(callback: Callable[..., Any]) -> list[Callable[..., Any]]:
    """The views behind an address: an API path has one for each method."""
    cells = [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    path = next((content for content in cells if isinstance(content, PathView)), None)
    return [operation.view_func for operation in path.operations] if path else [callback]


ADDRESSES = list(_walk(get_resolver()))


def test_there_are_addresses() -> None:
    assert ADDRESSES


@pytest.mark.parametrize(("address", "view"), ADDRESSES, ids=[address for address, _ in ADDRESSES])
def test_the_address_names_what_it_needs(address: str, view: Callable[..., Any]) -> None:
    needs = getattr(view, "needs", None)
    assert isinstance(needs, Capability | Open), f"{address} names nothing: use people.access.route"
