"""Any single change, removal, insertion or swap in a chain is found, at its place or before the end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.kit.chain import START, digest, first_broken, link

values = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
contents = st.lists(
    st.dictionaries(st.text(min_size=1, max_size=5), values, min_size=1, max_size=3),
    min_size=2,
    max_size=6,
    unique_by=str,
)

type Link = tuple[dict[str, object], str, str]


def chain(items: list[dict[str, object]]) -> list[Link]:
    links, previous = [], START
    for content in items:
        own = link(previous, content)
        links.append((content, previous, own))
        previous = own
    return links


@settings(deadline=None)
@given(contents)
def test_an_untouched_chain_holds(items: list[dict[str, object]]) -> None:
    assert first_broken(chain(items)) is None


@settings(deadline=None)
@given(contents, st.data())
def test_a_changed_link_is_named(items: list[dict[str, object]], data: st.DataObject) -> None:
    links = chain(items)
    place = data.draw(st.integers(0, len(links) - 1))
    content, previous, own = links[place]
    links[place] = (content | {"added": 1, "key": "other"}, previous, own)
    assert first_broken(links) == place


@settings(deadline=None)
@given(contents, st.data())
def test_a_link_resealed_by_a_forger_breaks_the_next(
    items: list[dict[str, object]], data: st.DataObject
) -> None:
    links = chain(items)
    place = data.draw(st.integers(0, len(links) - 2))
    forged: dict[str, object] = {"forged": True}
    links[place] = (forged, links[place][1], link(links[place][1], forged))
    assert first_broken(links) == place + 1


@settings(deadline=None)
@given(contents, st.data())
def test_a_removed_link_breaks_the_next(items: list[dict[str, object]], data: st.DataObject) -> None:
    links = chain(items)
    place = data.draw(st.integers(0, len(links) - 2))
    del links[place]
    assert first_broken(links) == place


@settings(deadline=None)
@given(contents, st.data())
def test_two_swapped_links_break_the_first_of_them(
    items: list[dict[str, object]], data: st.DataObject
) -> None:
    links = chain(items)
    place = data.draw(st.integers(0, len(links) - 2))
    links[place], links[place + 1] = links[place + 1], links[place]
    assert first_broken(links) == place


def test_a_removed_tail_is_not_seen_by_the_chain_alone() -> None:
    """Why a complaint keeps its chain's head and length beside the events."""
    links = chain([{"a": 1}, {"b": 2}])
    assert first_broken(links[:1]) is None


def test_known_digests() -> None:
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest("å") == digest("å".encode())
    assert link(START, {"b": 1, "a": "å"}) == digest(START + '{"a":"å","b":1}')


@pytest.mark.parametrize("wrong", [START, "f" * 64])
def test_a_first_link_must_follow_the_start(wrong: str) -> None:
    own = link("e" * 64, {"a": 1})
    assert first_broken([({"a": 1}, "e" * 64, own)]) == 0
    assert first_broken([({"a": 1}, START, wrong)]) == 0
