"""What machines write is told from what people write."""

import pytest

from amends.correspondence.incoming.parse import parse

DSN = (
    "From: x@example.org\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\n\nfailed\n"  # noqa: E501
    "--B\nContent-Type: message/delivery-status\n\nAction: failed\n\n--B--\n"
)
MACHINES = {
    DSN: "bounce",
    "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.": "bounce",  # noqa: E501
    "From: Postmaster <postmaster@mx.example>\nSubject: Niedostarczalne: zamówienie\n\nx": "bounce",
    "Return-Path: <>\nFrom: a@b.example\nSubject: x\n\nYour message did not reach some or all of the intended recipients.": "bounce",  # noqa: E501
    "From: a@b.example\nX-Failed-Recipients: c@d.example\n\nx": "bounce",
    "From: a@b.example\nAuto-Submitted: auto-replied (vacation)\n\nx": "out-of-office",
    "From: a@b.example\nX-Autoreply: yes\n\nx": "out-of-office",
    "From: a@b.example\nPrecedence: auto_reply\n\nx": "out-of-office",
    "From: a@b.example\nSubject: Out of office: away\n\nx": "out-of-office",
    "From: a@b.example\nSubject: Autosvar: Semester\n\nx": "out-of-office",
    "From: a@b.example\nSubject: Odpowiedź automatyczna: Reklamacja\n\nx": "out-of-office",
    "From: a@b.example\nSubject: Balasan automatik: aduan\n\nx": "out-of-office",
    "From: a@b.example\nSubject: 自动回复: 投诉\n\nx": "out-of-office",
    "From: a@b.example\nList-Id: <news.shop.example>\n\nx": "list",
    "From: a@b.example\nPrecedence: bulk\n\nx": "list",
    "From: a@b.example\nX-Loop: c@house.example\n\nx": "loop",
    "From: a@b.example\nMessage-ID: <1@house.example>\n\nx": "loop",
    "Received: by x\n" * 31 + "From: a@b.example\n\nx": "loop",
}


@pytest.mark.parametrize("raw", MACHINES)
def test_a_machine(raw: str) -> None:
    assert parse(raw.encode(), own={"house.example"}).auto == MACHINES[raw]


@pytest.mark.parametrize(
    "head",
    [
        "Subject: Out of office chair is broken",
        "Subject: Undelivered parcel",
        "Auto-Submitted: no",
        "List-Id: complaints <complaints.house.example>",
        "Message-ID: <1@other.example>",
        "Subject: Semesterresan blev inställd",
    ],
)
def test_a_person(head: str) -> None:
    assert parse(f"From: a@b.example\n{head}\n\nx".encode(), own={"house.example"}).auto is None


def test_the_form_of_a_web_site_is_not_lost_but_noted() -> None:
    message = parse(
        b"From: form@shop.example\nDate: Fri, 22 Nov 2024 10:11:12 +0100\nAuto-Submitted: auto-generated\n\nx"
    )
    assert (message.auto, message.problems) == (None, ["auto-generated"])


def test_a_message_id_of_the_house_is_a_loop_if_the_house_sent_it() -> None:
    raw = b"From: eva@house.example\nMessage-ID: <1@house.example>\n\nx"
    asked: list[str] = []

    def ours(name: str) -> bool:
        asked.append(name)
        return False

    assert parse(raw, own={"house.example"}, ours=ours).auto is None
    assert parse(raw, own={"house.example"}, ours=lambda _: True).auto == "loop"
    assert parse(raw.replace(b"house", b"other"), own={"house.example"}, ours=ours).auto is None
    assert asked == ["1@house.example"]
