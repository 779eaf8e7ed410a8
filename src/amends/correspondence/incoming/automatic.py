"""Whether a machine wrote a message: a bounce, an answer of somebody who is away, a list, a loop."""

import re
from collections.abc import Callable, Set

from amends.correspondence.incoming.headers import Header
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.mime import Part
from amends.correspondence.incoming.sayings import Sayings, sayings

HOPS = 30  # a message that went through more servers than this goes round
_DAEMON = re.compile(
    r"\b(?:mailer[-_.]?daemon|mail[-_.]?daemon|mail delivery (?:sub)?system|postmaster)\b", re.IGNORECASE
)
_ANSWERED = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-mail-autoreply",
    "x-autoreply-from",
    "x-autoreply-domain",
)
_LISTED = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "mailing-list",
    "x-mailing-list",
    "x-beenthere",
    "x-listname",
)


Ours = Callable[[str], bool]  # whether the house sent a message with this Message-ID


def kind(
    root: Part, subject: str, text: str, own: Set[str], notes: Notes, *, ours: Ours = lambda _: True
) -> str | None:
    """``loop``, ``bounce``, ``out-of-office``, ``list`` or None. ``own``: the domains of the house.

    ``ours`` is asked about a Message-ID of one of them, since colleagues write from there too.
    A message that a program made without being asked (Auto-Submitted: auto-generated) may be the form of a
    web site, so it is none of these; the code ``auto-generated`` tells that no machine must answer it.
    """
    header, said = root.header, sayings()
    if _loop(header, own, ours):
        return "loop"
    if _bounce(root, subject, text, said):
        return "bounce"
    if _away(header, subject, said) or _is_receipt(root):
        return "out-of-office"
    if _listed(header, own):
        return "list"
    if _word(header, "auto-submitted") not in ("", "no"):
        notes.add("auto-generated")
    return None


def _loop(header: Header, own: Set[str], ours: Ours) -> bool:
    name = header.first("message-id").strip("<> ")
    if bool(header.every("x-loop")) or len(header.every("received")) > HOPS:
        return True
    return name.rpartition("@")[2].lower() in own and ours(name)


def _bounce(root: Part, subject: str, text: str, said: Sayings) -> bool:
    parts = [root, *root.leaves()]
    if any(part.type in ("message/delivery-status", "message/global-delivery-status") for part in parts):
        return True
    if root.type == "multipart/report" and root.told.get("report-type", "").lower() in (
        "delivery-status",
        "feedback-report",
    ):
        return True
    header = root.header
    if header.first("x-failed-recipients"):
        return True
    sender = " ".join([header.first("from"), header.first("sender")])
    daemon = bool(_DAEMON.search(sender)) or header.first("return-path").replace(" ", "") == "<>"
    # Without a report the words decide: those of qmail, Exim, Postfix, Exchange and the like.
    return daemon and (
        bool(said.bounce_subject.search(subject)) or bool(said.bounce_words.search(text[:3000]))
    )


def _away(header: Header, subject: str, said: Sayings) -> bool:
    if _word(header, "auto-submitted") in ("auto-replied", "auto-notified"):
        return True
    precedence = {_word(header, name) for name in ("precedence", "x-precedence", "preference")}
    if precedence & {"auto_reply", "auto-reply", "autoreply"}:
        return True
    if any(_word(header, name) not in ("", "no", "false") for name in _ANSWERED):
        return True
    return bool(said.away.match(subject))


def _is_receipt(root: Part) -> bool:
    return root.type == "multipart/report" and "disposition" in root.told.get("report-type", "").lower()


def _listed(header: Header, own: Set[str]) -> bool:
    # A shared address of the house is often a group that names itself a list.
    name = header.first("list-id").rpartition("<")[2].strip("<> ").lower()
    if name and any(name == one or name.endswith("." + one) for one in own if "@" not in one):
        return False
    if any(header.first(field) for field in _LISTED):
        return True
    return _word(header, "precedence") in ("list", "bulk", "junk")


def _word(header: Header, name: str) -> str:
    return re.split(r"[\s;(]", header.first(name).strip().lower(), maxsplit=1)[0]
