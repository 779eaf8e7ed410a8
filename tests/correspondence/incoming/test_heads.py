"""Subjects, names, addresses and dates, as odd as they come."""

import base64

import pytest

from amends.correspondence.incoming.parse import parse

GB = b"=?gb2312?B?" + base64.b64encode("投诉：镕基店".encode("gb18030")) + b"?="
SUBJECTS = {
    "a character split between two words": (b"=?utf-8?b?w4VuZ2VyIGvDtnDD?= =?utf-8?b?qQ==?=", "Ånger köpé"),
    "gb2312 that is gb18030": (GB, "投诉：镕基店"),
    "latin-1 that is cp1252": (b"=?iso-8859-1?q?He_said_=93no=94?=", "He said “no”"),
    "a charset of nobody": (b"=?unknown-8bit?q?Sm=C3=B6r?=", "Smör"),
    "no encoding, UTF-8": ("Försenad leverans".encode(), "Försenad leverans"),
    "no encoding, cp1250": ("Zażółć gęślą jaźń".encode("cp1250"), "Zażółć gęślą jaźń"),
    "no encoding, cp1252": ("Försenad leverans på måndag".encode("cp1252"), "Försenad leverans på måndag"),
    "no encoding, gb18030": ("关于订单的投诉".encode("gb18030"), "关于订单的投诉"),
    "folded": (b"one\n\ttwo\n  three", "one two three"),
    "within quotes": (b'Re: "=?utf-8?q?=C3=A5?=" x', 'Re: "å" x'),
    "a word that never ends": (b"=?utf-8?q?abc", "=?utf-8?q?abc"),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_subject(name: str) -> None:
    raw, subject = SUBJECTS[name]
    assert parse(b"Subject: " + raw + b"\nFrom: a@b.example\n\nx").subject == subject


SENDERS = {
    "From: Anna Berg <anna@example.org>": ("Anna Berg", "anna@example.org"),
    'From: "Berg, Anna" <anna@example.org>': ("Berg, Anna", "anna@example.org"),
    "From: Berg, Anna <anna@example.org>": ("Berg, Anna", "anna@example.org"),
    "From: anna@example.org (Anna Berg)": ("Anna Berg", "anna@example.org"),
    "From: Anna (at home) <anna@example.org>": ("Anna", "anna@example.org"),
    'From: "Anna <anna@example.org>': ("Anna", "anna@example.org"),
    "From: =?utf-8?q?=C3=85sa_=3Casa=40example=2Eorg=3E?=": ("Åsa", "asa@example.org"),
    "From: =?utf-8?q?Berg=2C_=C3=85sa?= <asa@example.org>": ("Berg, Åsa", "asa@example.org"),
    "From: <@one.example,@two.example:anna@example.org>": ("", "anna@example.org"),
    "From: anna @ example . org": ("", "anna@example.org"),
    "From: Office: anna@example.org, bo@example.org;": ("", "anna@example.org"),
    "Sender: Anna <anna@example.org>": ("Anna", "anna@example.org"),
    "Return-Path: <anna@example.org>": ("", "anna@example.org"),
    "From: Anna\nReturn-Path: <anna@example.org>": ("Anna", "anna@example.org"),
    "From : Anna <anna@example.org>": ("Anna", "anna@example.org"),
}


@pytest.mark.parametrize("head", SENDERS)
def test_sender(head: str) -> None:
    sender = parse(head.encode() + b"\nSubject: x\n\ny").sender
    assert (sender.name, sender.email) == SENDERS[head]


def test_a_group_of_nobody_is_nobody() -> None:
    message = parse(
        b"From: a@b.example\nTo: undisclosed-recipients:;\nCc: All: a@c.example, Bo <b@c.example>;\n\nx"
    )
    assert message.to == []
    assert [(one.name, one.email) for one in message.cc] == [("", "a@c.example"), ("Bo", "b@c.example")]
    assert message.problems == ["date-missing"]


DATES = {
    "Fri, 22 Nov 2024 10:11:12 +0100": ("2024-11-22T10:11:12+01:00", None),
    "22 Nov 24 10:11 EST": ("2024-11-22T10:11:00-05:00", None),
    "Fri, 22 Nov 2024 10:11:12": ("2024-11-22T10:11:12+00:00", "date-without-zone"),
    "2024-11-22T10:11:12Z": ("2024-11-22T10:11:12+00:00", None),
    "Fri, 22 Nov 2024 10:11:12.123 +0800 (CST)": ("2024-11-22T10:11:12+08:00", None),
    "Fri, 32 Nov 2024 10:11:12 +0100": (None, "date-damaged"),
    "some day": (None, "date-damaged"),
}


@pytest.mark.parametrize("value", DATES)
def test_date(value: str) -> None:
    moment, code = DATES[value]
    message = parse(f"From: a@b.example\nDate: {value}\n\nx".encode())
    assert message.date == moment
    assert message.problems == ([code] if code else [])


def test_the_thread() -> None:
    message = parse(
        b"Message-ID: <1@a>\nIn-Reply-To: <2@a> (yours)\nReferences: <3@a>\n <2@a>\nReferences: <3@a>\n\n"
    )
    assert (message.message_id, message.in_reply_to, message.references) == (
        "<1@a>",
        "<2@a>",
        ["<3@a>", "<2@a>"],
    )


def test_a_damaged_line_does_not_end_the_header() -> None:
    message = parse(b"From: a@b.example\nthis is no field\nSubject: still read\n\nWords")
    assert (message.subject, message.text) == ("still read", "Words")
    assert "header-damaged" in message.problems
