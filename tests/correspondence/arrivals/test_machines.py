"""Bounces, receipts, automatic answers, lists and loops: never a complaint, never an answer."""

from collections.abc import Callable

import pytest

from amends.cases import actions
from amends.cases.choices import MessageStatus
from amends.cases.models import Complaint, Message
from amends.cases.models.message import Direction
from amends.correspondence.arrivals import take_in_waiting, taking
from amends.correspondence.models import Arrival
from amends.correspondence.reply_token import address_for
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House
from tests.correspondence.arrivals.mails import HOUR, as_it_stands, came, mail, sent

S = Arrival.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(house: House) -> Complaint:
    return house.complaint()


@pytest.fixture
def ours(complaint: Complaint) -> Message:
    return sent(complaint)


def report(ours: str, *, action: str = "failed", returned: str = "message/rfc822", told: str = "") -> bytes:
    """A report of a mail server (RFC 3464), as Postfix writes it, about the mail ``ours``."""
    back = (
        f"Message-ID: {ours}\nSubject: Your kettle\nTo: clara@example.org\n\nWe look into it.\n"
        if ours
        else ""
    )
    returned_part = f"--sep\nContent-Type: {returned}\n\n{back}\n" if back else ""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: complaints@house.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="sep"

--sep
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--sep
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Sender: rfc822; complaints@house.example
{told}
Final-Recipient: rfc822; clara@example.org
Original-Recipient: rfc822;clara@example.org
Action: {action}
Status: 5.1.1
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <clara@example.org>:
    Recipient address rejected: User unknown

{returned_part}--sep--
""".encode()


EXCHANGE = """\
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>
To: complaints@house.example
Subject: Undeliverable: Your kettle
Message-ID: <b1@example.org>
In-Reply-To: {ours}
References: {ours}
Content-Type: multipart/report; report-type=delivery-status; boundary="x1"
MIME-Version: 1.0
X-MS-Exchange-Message-Is-Ndr:

--x1
Content-Type: multipart/alternative; boundary="x2"

--x2
Content-Type: text/plain

Delivery has failed to these recipients or groups:

clara@example.org
Your message wasn't delivered because the recipient's mailbox is full.

--x2--

--x1
Content-Type: message/delivery-status

Reporting-MTA: dns;EXCH01.example.org

Final-recipient: RFC822;clara@example.org
Action: failed
Status: 5.2.2
Diagnostic-code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException
X-Display-Name: Clara

--x1--
"""

EXIM_IN_WORDS = """\
Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: complaints@house.example
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: clara@example.org

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  clara@example.org
    SMTP error from remote mail server after RCPT TO:<clara@example.org>:
    550 5.7.1 Relaying denied

------ This is a copy of the message, including all the headers. ------

From: complaints@house.example
To: clara@example.org
Subject: Your kettle
Message-Id: {ours}

We look into it.
"""

QMAIL = """\
From: MAILER-DAEMON@mx.example.org
To: complaints@house.example
Subject: failure notice
Return-Path: <>

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<clara@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Message-ID: {ours}
Subject: Your kettle

We look into it.
"""


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (
            report,
            "550 5.1.1 <clara@example.org>: Recipient address rejected: User unknown",
        ),
        (
            lambda ours: report(ours, returned="text/rfc822-headers"),
            "550 5.1.1 <clara@example.org>: Recipient address rejected: User unknown",
        ),
        (
            lambda ours: report("", told=f"Original-Message-ID: {ours}"),
            "550 5.1.1 <clara@example.org>: Recipient address rejected: User unknown",
        ),
        (
            lambda ours: EXCHANGE.format(ours=ours).encode(),
            "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException",
        ),
        (lambda ours: EXIM_IN_WORDS.format(ours=ours).encode(), "550 5.7.1 Relaying denied"),
        (lambda ours: QMAIL.format(ours=ours).encode(), "Sorry, no mailbox here by that name. (#5.1.1)"),
    ],
    ids=["whole", "headers only", "told id", "exchange", "exim", "qmail"],
)
def test_a_bounce_is_reported_once_in_the_servers_words(
    write: Callable[[str], bytes], reason: str, ours: Message
) -> None:
    raw = write(ours.message_id)
    arrival = came(raw)
    ours.refresh_from_db()
    assert (ours.status, ours.error) == (MessageStatus.BOUNCED, reason)
    assert (arrival.state, arrival.auto) == (S.AUTOMATIC, "bounce")
    assert (arrival.complaint, arrival.became) == (ours.complaint, ours)
    assert ours.complaint.events.filter(name="message.bounced").count() == 1
    again = came(raw.replace(b"MIME-Version", b"X-Again: 1\nMIME-Version").replace(b"Hi.", b"Hi!"))
    assert again.state in (S.AUTOMATIC, S.REPEATED)
    assert ours.complaint.events.filter(name="message.bounced").count() == 1
    assert Complaint.objects.count() == 1


def test_a_bounce_without_any_trace_comes_to_the_complaints_own_address(ours: Message) -> None:
    raw = report("").replace(
        b"To: complaints@house.example", b"To: " + address_for(ours.complaint).encode(), 1
    )
    assert came(raw).became == ours
    ours.refresh_from_db()
    assert ours.status == MessageStatus.BOUNCED


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_no_failure_is_only_noted(action: str, ours: Message) -> None:
    before = as_it_stands(ours.complaint)
    arrival = came(report(ours.message_id, action=action))
    ours.refresh_from_db()
    assert (arrival.state, arrival.became, ours.status) == (S.AUTOMATIC, ours, MessageStatus.SENT)
    assert as_it_stands(ours.complaint) == before


def test_a_delay_in_words_is_no_failure(ours: Message) -> None:
    raw = EXIM_IN_WORDS.format(ours=ours.message_id).replace(
        "Mail delivery failed: returning message to sender", "Warning: message 1abc delayed 24 hours"
    )
    assert came(raw.encode()).state == S.AUTOMATIC
    ours.refresh_from_db()
    assert ours.status == MessageStatus.SENT


def test_who_calls_our_mail_unwelcome_has_got_it(ours: Message) -> None:
    raw = report(ours.message_id).replace(b"delivery-status; b", b"feedback-report; b")
    raw = raw.replace(b"message/delivery-status", b"message/feedback-report").replace(
        b"Action: failed\n", b""
    )
    assert came(raw).state == S.AUTOMATIC
    ours.refresh_from_db()
    assert ours.status == MessageStatus.SENT


def test_a_bounce_of_something_else_is_noted_and_no_complaint(ours: Message) -> None:
    before = as_it_stands(ours.complaint)
    arrival = came(report("<other@elsewhere.example>"))
    assert (arrival.state, arrival.complaint, arrival.became) == (S.AUTOMATIC, None, None)
    assert as_it_stands(ours.complaint) == before
    assert Complaint.objects.count() == 1


def test_a_bounce_that_is_quicker_than_our_own_note_waits_for_it(complaint: Complaint) -> None:
    ours = sent(complaint)
    Message.objects.filter(pk=ours.pk).update(status=MessageStatus.SENDING)
    arrival = came(report(ours.message_id), at=MONDAY)
    assert arrival.state == S.WAITING
    actions.report_delivery(ours, by=SYSTEM, at=MONDAY)
    assert take_in_waiting(MONDAY + taking.SETTLED) == 1
    ours.refresh_from_db()
    assert ours.status == MessageStatus.BOUNCED


def test_a_bounce_of_what_is_being_sent_again_changes_nothing(ours: Message) -> None:
    Message.objects.filter(pk=ours.pk).update(status=MessageStatus.QUEUED)
    assert came(report(ours.message_id)).state == S.AUTOMATIC
    ours.refresh_from_db()
    assert ours.status == MessageStatus.QUEUED


RECEIPT = """\
From: Clara <clara@example.org>
To: complaints@house.example
Subject: Read: Your kettle
Content-Type: multipart/report; report-type=disposition-notification; boundary="r"
MIME-Version: 1.0

--r
Content-Type: text/plain

Your message was read.

--r
Content-Type: message/disposition-notification

Final-Recipient: rfc822; clara@example.org
Original-Message-ID: {ours}
Disposition: manual-action/MDN-sent-manually; {what}

--r--
"""


def test_a_read_receipt_says_that_it_was_read(ours: Message) -> None:
    arrival = came(RECEIPT.format(ours=ours.message_id, what="displayed").encode())
    ours.refresh_from_db()
    assert (arrival.state, arrival.became, ours.read_at) == (S.AUTOMATIC, ours, MONDAY + HOUR)
    came(RECEIPT.format(ours=ours.message_id, what="displayed").replace("was read", "was").encode())
    assert ours.complaint.events.filter(name="message.read").count() == 1
    assert ours.complaint.messages.count() == 1


def test_deleted_unread_is_not_read(ours: Message) -> None:
    assert came(RECEIPT.format(ours=ours.message_id, what="deleted").encode()).state == S.AUTOMATIC
    ours.refresh_from_db()
    assert ours.read_at is None


def test_who_is_away_leaves_a_note_and_no_clock_stops(ours: Message) -> None:
    complaint = ours.complaint
    complaint.refresh_from_db()
    due = complaint.due_at
    raw = mail(
        "I am away until 14 March.", subject="Automatic reply: Your kettle", In_Reply_To=ours.message_id,
        Auto_Submitted="auto-replied",
    )  # fmt: skip
    arrival = came(raw)
    note = complaint.messages.latest("pk")
    assert (arrival.state, arrival.auto, arrival.became) == (S.AUTOMATIC, "out-of-office", note)
    assert (note.direction, note.body) == (
        Direction.INSIDE,
        "Automatiskt svar från Clara Customer:\n\nI am away until 14 March.",
    )
    complaint.refresh_from_db()
    assert (complaint.due_at, complaint.messages.filter(direction=Direction.OUT).count()) == (due, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"subject": "Autosvar: semester"},
        {"List_Id": "<news.shop.example>"},
        {"List_Unsubscribe": "<mailto:x@shop.example>"},
        {"Precedence": "bulk"},
        {"X_Loop": "complaints@house.example"},
    ],
)
def test_no_machine_makes_a_complaint(headers: dict[str, str], ours: Message) -> None:
    before = as_it_stands(ours.complaint)
    sender = {"sender": "Shop <shop@shop.example>"}
    reference = {"References": ours.message_id} if "List" in str(headers) else {}
    arrival = came(mail("Hello", **(sender | reference | headers)))
    assert (arrival.state, arrival.became) == (S.AUTOMATIC, None)
    assert as_it_stands(ours.complaint) == before
    assert Complaint.objects.count() == 1


def test_our_own_mail_that_comes_back_is_a_loop(ours: Message) -> None:
    arrival = came(mail(sender="complaints@house.example", message_id=ours.message_id))
    assert (arrival.state, arrival.auto) == (S.AUTOMATIC, "loop")
    arrival = came(mail(message_id="<code.abcdefghjkmnpqrs@house.example>"))
    assert (arrival.state, arrival.auto) == (S.AUTOMATIC, "loop")


@pytest.mark.parametrize("name", ["abcdefghjkmnpqrs", "CAF-1234-outlook", "20261122.ABC"])
def test_a_message_id_of_our_domain_alone_is_no_loop(name: str, house: House) -> None:
    arrival = came(mail(sender="Eva <eva@house.example>", message_id=f"<{name}@house.example>"))
    assert (arrival.state, arrival.auto, Complaint.objects.count()) == (S.TAKEN, "", 1)


def test_no_answer_is_queued_for_a_machine(ours: Message) -> None:
    queued = Message.objects.filter(status=MessageStatus.QUEUED)
    came(report(ours.message_id))
    came(mail(Auto_Submitted="auto-replied", In_Reply_To=ours.message_id))
    assert not queued.exists()
