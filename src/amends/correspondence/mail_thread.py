"""Which earlier mails of the case a mail follows, so that mail programs show them as one conversation."""

import re

from amends.cases.choices import MessageStatus
from amends.cases.models import Message
from amends.correspondence.models import Arrival

KEPT = 10  # Message-IDs; who got a hundred mails needs no more to find the thread
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")  # no space, bracket or letter beyond ASCII
_ARRIVED = (MessageStatus.RECEIVED, MessageStatus.SENT, MessageStatus.UNCERTAIN)


def thread_headers(message: Message) -> dict[str, str]:
    """In-Reply-To and References (RFC 5322, 3.6.4) of a message to the customer; none for the first mail."""
    said = message.complaint.messages.exclude(pk=message.pk).filter(at__lte=message.at)
    said = said.filter(status__in=_ARRIVED, message_id__gt="")
    mails = [(m.at, m.message_id, m.incoming) for m in said.only("at", "message_id", "direction")]
    first = Arrival.objects.filter(complaint=message.complaint_id, state=Arrival.State.TAKEN)
    first = first.filter(message_id__gt="", arrived_at__lte=message.at)
    mails += [(at, name, True) for at, name in first.values_list("arrived_at", "message_id")]
    mails = sorted(mail for mail in mails if _ID.fullmatch(mail[1]))
    if not mails:
        return {}
    names = list(dict.fromkeys(name for _, name, _ in mails))
    named = message.replies_to.message_id if message.replies_to else ""
    theirs = [name for _, name, incoming in mails if incoming]
    answered = named if named in names else (theirs or names)[-1]
    kept = names if len(names) <= KEPT else [names[0], *names[1 - KEPT :]]
    # The one that is answered stands last: mail programs read it as the parent.
    return {
        "In-Reply-To": answered,
        "References": " ".join([name for name in kept if name != answered] + [answered]),
    }
