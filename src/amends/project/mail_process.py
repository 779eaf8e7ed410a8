"""The process that brings mail in: from mailboxes, and at the house's own door."""

import signal
import time
from threading import Event

import django
from django.core.management import CommandError
from django.db import connections
from django.utils.translation import gettext as _

from amends.correspondence.mailroom.sources import Source, WrongAddress, configured


def mail_sources() -> list[Source]:
    """What AMENDS_MAIL_IN says; nothing if the house brings no mail in. CommandError if it is wrong."""
    try:
        return configured()
    except WrongAddress as wrong:
        raise CommandError(_("AMENDS_MAIL_IN: %(wrong)s") % {"wrong": wrong}) from wrong


def run_mail() -> None:
    """Bring mail in until told to end. What is not yet kept then stays where it is."""
    django.setup()  # where this is no fork of the program, nobody has done it yet
    from amends.correspondence.mailroom import running

    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: told.append(number))
    stop = Event()
    threads = running.start(mail_sources(), stop)
    connections.close_all()  # of this thread, which only waits
    # A signal's handler must take no lock, so it only leaves word.
    while not told and all(thread.is_alive() for thread in threads):
        time.sleep(0.2)
    stop.set()
    running.join(threads)
    if not told:
        raise SystemExit(1)  # a thread that ends by itself is a fault: whoever watches starts all again
