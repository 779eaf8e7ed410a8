"""What is text, what is a file, what stays hidden."""

import base64
import hashlib
import struct

from amends.correspondence.incoming.parse import parse

HEAD = b"From: anna@example.org\nSubject: x\nDate: Fri, 22 Nov 2024 10:11:12 +0100\n"


def mixed(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--B\n" + part + b"\n" for part in parts)
    return HEAD + b"Content-Type: multipart/" + kind + b"; boundary=B\n\n" + body + b"--B--\n"


def names(raw: bytes) -> list[str]:
    return [file.name for file in parse(raw).attachments]


def test_the_plain_form_is_read_and_the_html_is_kept() -> None:
    message = parse(mixed(b"\nHello", b"Content-Type: text/html\n\n<p>Hello</p>", kind=b"alternative"))
    assert (message.text, message.html, message.attachments, message.problems) == (
        "Hello",
        "<p>Hello</p>",
        [],
        [],
    )


def test_html_alone_is_read_as_text() -> None:
    html = b"<title>t</title><p>Dear&nbsp;Sirs,</p><ul><li>one<li>two</ul><script>alert(1)</script>"
    message = parse(HEAD + b"Content-Type: text/html\n\n" + html)
    assert message.text == "Dear Sirs,\n\n- one\n- two"
    assert message.html == "<p>Dear&nbsp;Sirs,</p><ul><li>one</li><li>two</li></ul>"


def test_html_is_harmless() -> None:
    html = b'<img src="http://t.example/p.gif"><img src="cid:1"><a href="javascript:x()" onclick="x()">a</a><form><input></form>'  # noqa: E501
    told = parse(HEAD + b"Content-Type: text/html\n\n" + html).html or ""
    assert told == '<img><img src="cid:1"><a rel="noopener noreferrer nofollow">a</a>'


def test_a_file_is_told_with_its_digest() -> None:
    data = b"%PDF-1.4 bytes"
    head = b'Content-Type: application/pdf\nContent-Disposition: attachment; filename="C:\\\\docs\\\\receipt.pdf"\n'  # noqa: E501
    raw = mixed(b"\nSee file", head + b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(data))
    assert [file.as_json() for file in parse(raw).attachments] == [
        {
            "name": "receipt.pdf",
            "type": "application/pdf",
            "size": 14,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    ]


def test_names_in_pieces_and_in_encoded_words() -> None:
    pieces = b"Content-Type: image/png\nContent-Disposition: attachment;\n filename*0*=utf-8''kv%C3%A5;\n filename*1=tto.png\n\nx"  # noqa: E501
    word = b'Content-Type: image/png; name="=?iso-8859-2?q?zdj=EAcie.png?="\n\nx'
    assert names(mixed(b"\nx", pieces, word)) == ["kvåtto.png", "zdjęcie.png"]


def test_a_picture_in_the_text_is_no_file_unless_it_has_a_name() -> None:
    inside = b"Content-Type: image/png\nContent-ID: <1>\n\nx"
    named = b"Content-Type: image/png; name=photo.png\nContent-ID: <2>\n\nx"
    html = b'Content-Type: text/html\n\n<img src="cid:1"><img src="cid:2">'
    assert names(mixed(html, inside, named, kind=b"related")) == ["photo.png"]


def test_a_message_in_a_message_is_a_file_named_by_its_subject() -> None:
    message = parse(mixed(b"\nsee below", b"Content-Type: message/rfc822\n\nSubject: Old/new\n\nwords"))
    assert [file.name for file in message.attachments] == ["Old-new.eml"]
    assert message.text == "see below"


def test_an_invitation_is_a_file_and_a_seal_is_not() -> None:
    assert names(mixed(b"\nx", b"Content-Type: text/calendar; name=invite.ics\n\nBEGIN:VCALENDAR")) == [
        "invite.ics"
    ]
    seal = b"Content-Type: application/pgp-signature; name=signature.asc\n\nx"
    assert names(mixed(b"\nx", seal, kind=b"signed")) == []


def test_a_uuencoded_file_in_the_text() -> None:
    message = parse(HEAD + b"\nbefore\nbegin 644 note.txt\n#0V%T\n`\nend\nafter\n")
    assert message.text == "before\nafter"
    assert [(file.name, file.data) for file in message.attachments] == [("note.txt", b"Cat")]


def test_flowed_text_is_joined() -> None:
    message = parse(HEAD + b"Content-Type: text/plain; format=flowed\n\nThis is one \nline.\n\nAnother.\n")
    assert message.text == "This is one line.\n\nAnother."


def test_charsets_that_lie_or_are_missing() -> None:
    def read(label: bytes, data: bytes) -> tuple[str, list[str]]:
        message = parse(HEAD + b"Content-Type: text/plain" + label + b"\n\n" + data)
        return message.text, message.problems

    polish = "Zażółć gęślą jaźń"
    assert read(b"; charset=iso-8859-1", "på “måndag”".encode("cp1252")) == ("på “måndag”", [])
    assert read(b"; charset=iso-8859-1", "på måndag".encode()) == ("på måndag", ["charset-wrong"])
    assert read(b"", polish.encode("cp1250")) == (polish, ["charset-missing"])
    assert read(b"; charset=no-such", polish.encode()) == (polish, ["charset-unknown"])
    assert read(b"; charset=gb2312", "镕".encode("gb18030")) == ("镕", [])
    assert read(b"; charset=rot13", b"hello") == ("hello", [])


def test_damaged_encodings() -> None:
    def read(encoding: bytes, data: bytes) -> tuple[str, list[str]]:
        message = parse(HEAD + b"Content-Transfer-Encoding: " + encoding + b"\n\n" + data)
        return message.text, message.problems

    hello = base64.b64encode(b"Hello world!!")
    assert read(b"quoted-printable", b"50 =% off =\nnow =C3=A5") == (
        "50 =% off now å",
        ["encoding-damaged", "charset-missing"],
    )
    assert read(b"base64", hello[:6] + b"\n" + hello[6:].rstrip(b"=")) == ("Hello world!!", [])
    assert read(b"base64", hello + b"\n____\nList footer, in clear.\n") == (
        "Hello world!!",
        ["encoding-damaged"],
    )
    assert read(b"base64", b"This was never encoded, was it?") == (
        "This was never encoded, was it?",
        ["encoding-damaged"],
    )
    assert read(b"x-own", b"Hello") == ("Hello", ["encoding-unknown"])


def test_boundaries_that_are_missing_or_wrong() -> None:
    part = b"Content-Type: text/plain\n\nWords\n"
    guessed = parse(HEAD + b"Content-Type: multipart/mixed\n\n--zzz\n" + part + b"--zzz--\n")
    assert (guessed.text, guessed.problems) == ("Words", ["boundary-guessed"])
    none = parse(HEAD + b"Content-Type: multipart/mixed; boundary=B\n\nWords\n")
    assert (none.text, none.problems) == ("Words", ["boundary-missing"])
    cut = parse(HEAD + b"Content-Type: multipart/mixed; boundary=B\n\n--B\n" + part)
    assert (cut.text, cut.problems) == ("Words", ["end-missing"])


def winmail(name: bytes, data: bytes) -> bytes:
    def attribute(level: int, tag: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    long_name = struct.pack("<HHIII", 0x1E, 0x3707, 1, 0, len(name) + 1)[:8]
    padded = name + b"\0" + b"\0" * (-(len(name) + 1) % 4)
    props = struct.pack("<I", 1) + long_name + struct.pack("<I", len(name) + 1) + padded
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00069007, struct.pack("<II", 1250, 0))
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, b"SHORT~1.TXT\0")
        + attribute(2, 0x0006800F, data)
        + attribute(2, 0x00069005, props)
    )


def test_winmail_is_opened() -> None:
    wrapped = base64.encodebytes(winmail("zdjęcie.txt".encode("cp1250"), b"inside"))
    head = b"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    message = parse(mixed(b"\nx", head + wrapped))
    assert [(file.name, file.data) for file in message.attachments] == [("zdjęcie.txt", b"inside")]


def test_a_winmail_that_is_none_stays_a_file() -> None:
    message = parse(mixed(b"\nx", b"Content-Type: application/ms-tnef; name=winmail.dat\n\nnothing"))
    assert [file.name for file in message.attachments] == ["winmail.dat"]
    assert message.problems == ["winmail-damaged"]
