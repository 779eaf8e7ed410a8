"""Whatever the bytes, there is an answer, soon, and it can be written as JSON."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.correspondence.incoming.parse import parse

HEAD = b"From: anna@example.org\nSubject: x\n"
PIECES = [
    b"From: ", b"Subject: ", b"Date: ", b"Content-Type: multipart/mixed; boundary=B\n", b"\n\n", b"--B\n", b"--B--\n",  # noqa: E501
    b"Content-Type: text/html\n", b"Content-Transfer-Encoding: base64\n", b"=?utf-8?q?=C3?=", b"=?x?b?A?=", b"\xff\xfe",  # noqa: E501
    b'"', b"<", b"(", b"a@b.c", b"> ", b"On 3 May 2024 10:00 x wrote:\n", b"begin 644 a\n", b"end\n", b"\xed\xa0\x80",  # noqa: E501
    b"charset=utf-16\n", b"filename*0*=utf-8''%ED%A0%80;", b"\x78\x9f\x3e\x22", b"<blockquote>", b"&#xD800;", b"\0",  # noqa: E501
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=2000)
    | st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=60).map(b"".join)
)
def test_an_answer_for_any_bytes(raw: bytes) -> None:
    told = parse(raw).as_json()
    assert "unreadable" not in told["problems"]
    json.dumps(told, ensure_ascii=False).encode("utf-8")
    assert list(told) == [
        "subject", "from", "to", "cc", "reply_to", "message_id", "in_reply_to", "references", "date", "text", "quoted",  # noqa: E501
        "html", "attachments", "auto", "problems",
    ]  # fmt: skip


NESTED = b"".join(b"--B%d\nContent-Type: multipart/mixed; boundary=B%d\n\n" % (n, n + 1) for n in range(2000))
BOMBS = {
    "nested": (HEAD + b"Content-Type: multipart/mixed; boundary=B0\n\n" + NESTED, "nested-too-deep"),
    "parts": (
        HEAD + b"Content-Type: multipart/mixed; boundary=B\n\n" + b"--B\n\nx\n" * 50_000,
        "too-many-parts",
    ),
    "fields": (b"X-A: b\n" * 100_000, "header-too-long"),
    "divs": (HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 100_000, "html-too-complex"),
    "long": (HEAD + b"\n" + b"> x\n" * 1_000_000, "text-cut"),
    "signatures": (HEAD + b"\n" + b"--\na\n" * 100_000, "date-missing"),
    "parentheses": (HEAD + b"To: " + b"(" * 90_000 + b"\n\nx", "date-missing"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_go_off(name: str) -> None:
    raw, code = BOMBS[name]
    begun = time.monotonic()
    assert code in parse(raw).problems
    assert time.monotonic() - begun < 10


def test_nothing_is_told_of_nothing() -> None:
    told = parse(b"").as_json()
    assert told["problems"] == ["empty"]
    assert told["from"] == {"name": "", "email": ""}
    assert (told["html"], told["date"], told["message_id"]) == (None, None, None)
