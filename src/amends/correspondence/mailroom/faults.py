"""What went wrong with a mail server, in words for who runs the house."""

import socket
import ssl

from django.db import Error as DatabaseFault
from django.utils.translation import gettext as _
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError, UnexpectedCommandStatusError


class NoEncryption(Exception):
    """The server offers no STARTTLS, and a password must not go over the network as it is."""


class NotKept(Exception):
    """The message came and could not be put away here: no place on the disk, no database."""


def in_words(fault: BaseException) -> str:
    """One sentence, with what the server said where it said something."""
    said = _said(fault)
    match fault:
        case NoEncryption():
            sentence = _("The server offers no encryption. Use imaps://, or add ?insecure=1 to do without.")
        case MailboxLoginError():
            sentence = _("The server does not take name or password: %(said)s")
        case MailboxFolderSelectError():
            sentence = _("The folder cannot be opened: %(said)s")
        case UnexpectedCommandStatusError():
            sentence = _("The server refuses: %(said)s")
        case ssl.SSLCertVerificationError():
            sentence = _("The server’s certificate cannot be trusted: %(said)s")
        case socket.gaierror():
            sentence = _("There is no server of that name.")
        case ConnectionRefusedError():
            sentence = _("Nobody answers there.")
        case TimeoutError():
            sentence = _("The server does not answer in time.")
        case NotKept() | DatabaseFault():
            sentence = _("The mail could not be kept: %(said)s")
        case _other:
            sentence = _("The connection broke off: %(said)s")
    return sentence % {"said": said}


def _said(fault: BaseException) -> str:
    """What the server, or the system, said itself."""
    if isinstance(fault, UnexpectedCommandStatusError):
        lines = fault.command_result[1] or [fault.command_result[0]]
        texts = [line.decode(errors="replace") if isinstance(line, bytes) else str(line) for line in lines]
        return " ".join(" ".join(texts).split())
    if isinstance(fault, ssl.SSLCertVerificationError):
        return str(fault.verify_message)
    return " ".join(str(fault).split()) or type(fault).__name__
