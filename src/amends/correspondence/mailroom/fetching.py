"""Fetching from one mailbox, for ever: look, take, wait; when something breaks, say so and begin again."""

import logging
from contextlib import suppress
from imaplib import IMAP4
from threading import Event

from django.db import Error as DatabaseFault
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _
from imap_tools.errors import ImapToolsError, MailboxLoginError, UnexpectedCommandStatusError

from amends.correspondence.arrivals import LARGEST
from amends.correspondence.mailroom import standing
from amends.correspondence.mailroom.faults import NoEncryption, NotKept, in_words
from amends.correspondence.mailroom.handing_over import bring
from amends.correspondence.mailroom.imap import NotGiven, OpenMailbox
from amends.correspondence.mailroom.progress import Progress
from amends.correspondence.mailroom.sources import Mailbox
from amends.kit.clock import now

logger = logging.getLogger(__name__)

LOOK_EVERY = 30.0  # seconds, also where the server announces what is new
LONGEST_PAUSE = 60.0  # seconds between two tries of a server that is away
_EXPECTED = (OSError, IMAP4.error, ImapToolsError, DatabaseFault, NoEncryption, NotKept)


class Fetching:
    """One mailbox. ``run`` returns when ``stop`` is set."""

    def __init__(self, mailbox: Mailbox, stop: Event) -> None:
        self.mailbox, self.stop = mailbox, stop
        self.progress = Progress(mailbox.name, mailbox.only_new)
        self._has_looked = False  # on this connection
        self._failed, self._said = 0, ""  # how often in a row, and what was said of it

    def run(self) -> None:
        """Go on whatever happens."""
        while not self.stop.is_set():
            try:
                self._connected()
            except Exception as fault:
                self._broken(fault)
        connection.close()

    def _connected(self) -> None:
        close_old_connections()
        with OpenMailbox(self.mailbox) as box:
            self.progress.meet(box, now())
            while not self.stop.is_set():
                close_old_connections()
                self.look(box)
                self._has_looked = True
                box.wait(LOOK_EVERY, self.stop)
                if self._said:
                    logger.info("%s works again", self.mailbox.name)
                self._failed, self._said = 0, ""

    def look(self, box: OpenMailbox) -> None:
        """Take whatever there is to be taken, and say how the mailbox stands."""
        for uid in self.progress.wanted(box):
            if self.stop.is_set():
                return
            self._take(box, uid)
        self.progress.finished(now())
        if not self.progress.withheld:
            standing.works(self.mailbox.name, now())
            return
        uid, withheld = min(self.progress.withheld.items())
        told = {"uid": uid, "why": withheld.why}
        said = _("Message %(uid)d could not be taken: %(why)s") % told
        standing.fails(self.mailbox.name, now(), said)

    def _take(self, box: OpenMailbox, uid: int) -> None:
        try:
            raw = box.bytes_of(uid, LARGEST + 1)  # one byte too many shows that it is not the whole
        except NotGiven as refusal:
            if box.has(uid):
                self.progress.withhold(uid, str(refusal), now())
            else:
                self.progress.passed(uid, now())
            return
        except (OSError, IMAP4.error) as fault:  # perhaps this very message brings the server down
            self.progress.withhold(uid, str(fault), now())
            raise
        try:
            bring(raw, source="imap", at=now())
        except (OSError, DatabaseFault) as fault:
            raise NotKept(str(fault)) from fault
        except Exception as fault:  # of ours, with this one message: those behind it come through
            logger.exception("%s: message %d could not be taken", self.mailbox.name, uid)
            self.progress.withhold(uid, str(fault) or type(fault).__name__, now())
            return
        self.progress.took(uid, now())
        try:
            box.put_aside(uid, whole=len(raw) <= LARGEST)
        except UnexpectedCommandStatusError as refusal:  # a mailbox that may only be read
            logger.warning("%s: message %d stays as it is: %s", self.mailbox.name, uid, in_words(refusal))

    def _broken(self, fault: Exception) -> None:
        looked, self._has_looked = self._has_looked, False
        if looked and not self._failed:  # servers end a connection now and then: nothing to tell anybody
            self._failed = 1  # unless it goes on like that
            return
        said = in_words(fault)
        if said != self._said:  # once, and not every minute of a night
            unknown = None if isinstance(fault, _EXPECTED) else fault
            logger.warning("%s: %s", self.mailbox.name, said, exc_info=unknown)
        self._said = said
        try:
            standing.fails(self.mailbox.name, now(), said)
        except DatabaseFault:
            with suppress(DatabaseFault):
                connection.close()
        self._failed += 1
        pause = 2.0 ** min(self._failed - 1, 10)
        # Who asks too often with a wrong password is locked out.
        self.stop.wait(LONGEST_PAUSE if isinstance(fault, MailboxLoginError) else min(LONGEST_PAUSE, pause))
