"""A message as the mail that goes out: its headers and its parts."""

import email.policy
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils.translation import gettext, override

from amends.cases import actions
from amends.cases.actions.outgoing import Mail as Came
from amends.cases.documents import kept
from amends.cases.links import link_url
from amends.cases.models import Complaint, Message
from amends.correspondence.mail import mail_of
from amends.correspondence.models import Arrival
from amends.correspondence.reply_token import address_for, complaint_of_address, token_of
from amends.kit.clock import set_to
from amends.people.actors import customer_actor
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House


@pytest.fixture(autouse=True)
def post_office(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "complaints@house.example"
    settings.AMENDS_HOUSE_NAME = "Ångström & Co"
    settings.AMENDS_MAIL_REPLY_TO = "complaints+{token}@house.example"


def line(mail: Any) -> bytes:
    """As it goes over the line."""
    sent: bytes = mail.message(policy=email.policy.SMTP).as_bytes()
    return sent


def read(message: Message) -> EmailMessage:
    with set_to(MONDAY):
        return message_from_bytes(line(mail_of(message)), policy=email.policy.default)


def written(house: House, case: Complaint | None = None, **more: Any) -> Message:
    case = case or house.complaint()
    fields: dict[str, Any] = {"by": house.actor(house.handler), "at": MONDAY, "text": "We are on it."}
    case = actions.write(case, **(fields | more))
    return case.messages.filter(direction="out").latest("pk")


def test_the_headers_of_a_first_mail(house: House) -> None:
    case = house.complaint(language="zh-hans")
    message = written(house, case, subject="关于您的\n水壶")
    mail = read(message)
    assert mail["From"] == "Ångström & Co <complaints@house.example>"
    assert mail["To"] == "clara@example.org"
    assert mail["Subject"] == "关于您的 水壶"
    assert mail["Message-ID"] == f"<{message.key}@house.example>"
    assert mail["Reply-To"] == f"complaints+{token_of(case)}@house.example"
    assert mail["Date"] == "Mon, 02 Mar 2026 10:00:00 +0100"
    assert mail["Content-Language"] == "zh-Hans"
    for none in ("In-Reply-To", "References", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post"):
        assert mail[none] is None


def test_without_the_setting_answers_go_to_the_sender(house: House, settings: Any) -> None:
    settings.AMENDS_MAIL_REPLY_TO = ""
    message = written(house)
    assert read(message)["Reply-To"] is None
    assert address_for(message.complaint) == ""
    assert complaint_of_address("complaints@house.example") is None
    assert complaint_of_address("") is None


def test_a_mail_follows_those_before_it(house: House) -> None:
    case = house.complaint()
    long = f"<{'A' * 100}@outlook.example>"
    Arrival.objects.create(
        sha256="1" * 64, size=1, arrived_at=MONDAY, state="taken", complaint=case, message_id=long
    )
    Arrival.objects.create(
        sha256="2" * 64, size=1, arrived_at=MONDAY, state="unclear", complaint=case, message_id="<no@x>"
    )
    first = written(house, case)
    assert (read(first)["In-Reply-To"], read(first)["References"]) == (long, long)
    Message.objects.filter(pk=first.pk).update(message_id="<first@house.example>", status="sent")
    failed = written(house, case, at=MONDAY + timedelta(hours=1))
    Message.objects.filter(pk=failed.pk).update(message_id="<failed@house.example>", status="failed")
    at = MONDAY + timedelta(hours=2)
    by = customer_actor(house.customer)
    hers = Came(message_id="<hers@example.org>")
    actions.hear(case, by=by, at=at, words="And?", channel="email", mail=hers)
    again = written(house, case, at=MONDAY + timedelta(hours=3))
    raw = line(mail_of(again))
    assert read(again)["In-Reply-To"] == "<hers@example.org>"
    assert f"References: {long}\r\n <first@house.example>\r\n <hers@example.org>\r\n".encode() in raw
    assert b"=?" not in raw.partition(b"References")[2].partition(b"MIME")[0]


def test_of_a_long_thread_the_first_and_the_last_are_named(house: House) -> None:
    case = house.complaint()
    for number in range(14):
        sent = written(house, case, at=MONDAY + timedelta(minutes=number))
        Message.objects.filter(pk=sent.pk).update(message_id=f"<{number}@x>", status="sent")
    last = written(house, case, at=MONDAY + timedelta(hours=1))
    names = read(last)["References"].split()
    assert names == ["<0@x>", *(f"<{number}@x>" for number in range(5, 14))]


@pytest.mark.parametrize(
    "bad", ["<a b@c>", "no brackets", "<a@b>\r\nBcc: <x@y>", f"<{'a' * 300}@x>", "<å@b>"]
)
def test_a_message_id_that_is_none_is_not_passed_on(house: House, bad: str) -> None:
    case = house.complaint()
    by = customer_actor(house.customer)
    actions.hear(case, by=by, at=MONDAY, words="And?", channel="email", mail=Came(message_id=bad))
    mail = read(written(house, case))
    assert (mail["In-Reply-To"], mail["References"], mail["Bcc"]) == (None, None, None)


def test_what_the_program_writes_says_so(house: House) -> None:
    assert read(written(house, by=SYSTEM))["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("purpose", ["review", "mass"])
def test_an_invitation_can_be_declined_with_one_click(house: House, settings: Any, purpose: str) -> None:
    settings.AMENDS_BASE_URL = "https://complaints.house.example"
    message = written(house, purpose=purpose)
    mail = read(message)
    token = token_of(message.complaint)
    assert mail["List-Unsubscribe"] == f"<https://complaints.house.example/invitations/{token}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_html_says_the_same(house: House) -> None:
    case = house.complaint(language="sv")
    link = link_url(case)
    body = (
        f"Hej <Clara> & co,\n\nDet här gör vi:\n– byter packningen\n- lagar\n\nDin sida:\n{link}\n\n"
        "Se https://a.example/b?c=1&d=2.\nHej"
    )
    mail = read(written(house, case, text=body.replace("\n", "\r\n")))  # as a browser sends it
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().strip().replace("\r\n", "\n") == body
    page = html.get_content().replace("\r\n", "\n")
    assert '<html lang="sv">' in page
    assert "Hej &lt;Clara&gt; &amp; co," in page
    assert "<li>byter packningen</li><li>lagar</li>" in page
    assert f'<a href="{link}" style="' in page
    with override("sv"):
        assert f">{gettext('Open your complaint')}</a>" in page
    address = "https://a.example/b?c=1&amp;d=2"
    assert f'Se <a href="{address}">{address}</a>.<br>\nHej' in page
    for fetched in ("<img", "src=", "<link", "@import", "url("):
        assert fetched not in page


def test_every_line_of_it_is_seven_bits_and_short(house: House) -> None:
    raw = line(mail_of(written(house, text="Żółć 水壶 " * 400, subject="水" * 150)))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_files_for_the_customer_travel_with_it(house: House) -> None:
    message = written(house)
    files = [
        (kept("svar å.pdf", "application/pdf", b"%PDF-1.7 \r\n\0"), True),
        (kept("rader.txt", "text/plain", "å\nä\r\nö".encode()), True),
        (kept("mail.eml", "message/rfc822", "Subject: x\n\nå".encode()), True),
        (kept("internal.txt", "text/plain", b"not for her"), False),
    ]
    for document, for_customer in files:
        document.complaint, document.message = message.complaint, message
        document.at, document.by_name, document.for_customer = MONDAY, "Hanna", for_customer
        document.save()
    attached = list(read(message).iter_attachments())
    seen = [(p.get_filename(), p.get_content_type(), p.get_payload(decode=True)) for p in attached]
    assert seen == [
        ("svar å.pdf", "application/pdf", b"%PDF-1.7 \r\n\0"),
        ("rader.txt", "text/plain", "å\nä\r\nö".encode()),
        ("mail.eml", "application/octet-stream", "Subject: x\n\nå".encode()),
    ]
    assert attached[1].get_content_charset() == "utf-8"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_travels_as_a_calendar_part_and_as_a_file(house: House, method: str) -> None:
    message = written(house)
    message.calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n"
    mail = read(message)
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == method
    assert part.get_payload(decode=True) == message.calendar.encode()
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("invite.ics", "application/ics")
    assert file.get_payload(decode=True) == message.calendar.encode()


def test_a_reply_token_names_its_complaint_however_it_is_written(house: House) -> None:
    case, other = house.complaint(), house.complaint()
    address = address_for(case)
    assert len(address.partition("@")[0]) <= 64  # RFC 5321 4.5.3.1.1
    assert complaint_of_address(address) == case
    assert complaint_of_address(f"Our house <{address.upper()}>") == case
    actions.renew_link(case, by=house.actor(house.handler), at=MONDAY)
    assert complaint_of_address(address) == case  # a thread outlives a renewed link
    assert complaint_of_address(address_for(other)) == other


def test_a_token_that_is_false_or_made_up_names_nothing(house: House, settings: Any) -> None:
    case, other = house.complaint(), house.complaint()
    mixed = case.key + token_of(other)[16:]
    for token in (mixed, case.key, case.key + "a" * 10, "", "a" * 26, token_of(case)[:-1]):
        assert complaint_of_address(f"complaints+{token}@house.example") is None
    assert complaint_of_address(f"other+{token_of(case)}@house.example") is None
    assert complaint_of_address(f"complaints+{token_of(case)}@elsewhere.example") is None
    old = address_for(case)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert address_for(case) != old
    assert complaint_of_address(old) == case
