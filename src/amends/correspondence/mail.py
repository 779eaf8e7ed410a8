"""A message of the file as the mail that goes out: headers and parts."""

import email.policy
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import MIMEPart
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from amends.cases.choices import Purpose
from amends.cases.documents import path_of
from amends.cases.links import link_url
from amends.cases.models import Message
from amends.correspondence.addressee import house_name
from amends.correspondence.mail_html import html_of, tag
from amends.correspondence.mail_thread import thread_headers
from amends.correspondence.reply_token import address_for, stop_link
from amends.kit.clock import now

INVITATIONS = (Purpose.REVIEW, Purpose.MASS)  # what the customer may want no more of
BY_PROGRAM = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no machine answers it


class _Whole(UnstructuredHeader, BaseHeader):
    """A header of long names: broken only between them, never encoded, as programs read them."""

    def fold(self, *, policy: Any) -> str:
        """One name a line."""
        return f"{self.name}: {f'{policy.linesep} '.join(str(self).split())}{policy.linesep}"


_headers = HeaderRegistry()
for _name in ("references", "in-reply-to", "message-id", "list-unsubscribe"):
    _headers.map_to_type(_name, _Whole)


class Mail(EmailMultiAlternatives):
    """Text, the same as HTML, and what travels with it."""

    def message(self, *, policy: Any = email.policy.default) -> Any:
        """As it goes over the line."""
        # 7bit: not every server on the way says that it takes more.
        return super().message(policy=policy.clone(header_factory=_headers, cte_type="7bit"))


def mail_of(message: Message) -> Mail:
    """The mail that this message is, with its files and its invitation.

    Raises ValueError for an address or header that is none, FileNotFoundError for a file that is gone.
    """
    complaint = message.complaint
    headers = thread_headers(message)
    if message.author_id is None:
        headers |= BY_PROGRAM
    if message.purpose in INVITATIONS:
        page = f"<{stop_link(complaint)}>"
        headers |= {"List-Unsubscribe": page, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = text_mail(
        to=message.to,
        subject=message.subject,
        body=message.body,
        language=message.language,
        name=message.key,
        headers=headers,
        link=link_url(complaint),
    )
    if answers := address_for(complaint):
        mail.reply_to = [answers]
    for document in message.documents.filter(for_customer=True):
        mail.attach(_file(document.name, document.media_type, path_of(document.sha256).read_bytes()))
    if message.calendar:
        add_calendar(mail, message.calendar)
    return mail


def text_mail(
    *,
    to: str,
    subject: str,
    body: str,
    language: str,
    name: str,
    headers: dict[str, str] | None = None,
    link: str = "",
) -> Mail:
    """A mail of these words. ``name`` makes the Message-ID: the same mail twice has the same one."""
    subject = " ".join(subject.split())
    mail = Mail(
        subject=subject,
        body=body,
        from_email=_sender(),
        to=[to],
        headers={
            "Message-ID": f"<{name}@{_domain()}>",
            "Date": format_datetime(timezone.localtime(now())),
            "Content-Language": tag(language),
        }
        | (headers or {}),
    )
    mail.attach_alternative(html_of(body, language=language, title=subject, link=link), "text/html")
    return mail


def add_calendar(mail: Mail, calendar: str) -> None:
    """Let an iCalendar object travel with it: as a part that calendars act on (RFC 6047), and as a file."""
    lines = (line.partition(":") for line in calendar.splitlines())
    method = next((value.strip() for name, _, value in lines if name.upper() == "METHOD"), "REQUEST")
    mail.attach_alternative(calendar, f"text/calendar; method={method}")
    mail.attach(_file("invite.ics", "application/ics", calendar.encode()))


def message_id(mail: Mail) -> str:
    """The mail's Message-ID, with its brackets."""
    return str(mail.extra_headers["Message-ID"])


def _file(name: str, media_type: str, content: bytes) -> MIMEPart:
    """A file as the bytes that were put away: base64, so that nothing on the way mends its line ends."""
    main, _, sub = media_type.partition("/")
    if main == "message":  # which RFC 2046 keeps from being encoded
        main, sub = "application", "octet-stream"
    params = {"charset": "utf-8"} if main == "text" and _is_utf8(content) else {}
    part = MIMEPart(policy=email.policy.SMTP)
    part.set_content(content, main, sub, disposition="attachment", filename=name, cte="base64", params=params)
    return part


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or house_name(), address))
