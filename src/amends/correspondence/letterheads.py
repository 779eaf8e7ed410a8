"""The house on its letters: which letterhead holds, and what the typesetter wants of it."""

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TypedDict

from django.conf import settings
from django.db import transaction

from amends.cases.documents import path_of
from amends.correspondence.letters.case_file import INK, House
from amends.correspondence.letters.layouts import Layout, Paper, Window
from amends.correspondence.letters.logo import Logo, checked
from amends.correspondence.letters.reading import lines
from amends.correspondence.models import Letterhead
from amends.kit.clock import now

log = logging.getLogger(__name__)

SAID = (
    "name", "address", "phone", "email", "web", "register", "place", "colour",
    "logo_sha256", "logo_name", "paper", "layout", "window",
)  # fmt: skip


class Clash(Exception):
    """Somebody changed the letterhead meanwhile; ``newest`` is theirs."""

    def __init__(self, newest: Letterhead) -> None:
        super().__init__(str(newest))
        self.newest = newest


class Sheet(TypedDict):
    """How letters are laid out, by the names that ``letters.letter.letter_data`` takes. None: as usual."""

    layout: Layout | None
    paper: Paper
    window: Window | None


def current() -> Letterhead:
    """The letterhead that holds; before anybody made one, an unsaved one with the house's name alone."""
    return Letterhead.objects.first() or Letterhead(at=now(), colour=INK)


def keep(said: Mapping[str, str], *, seen: int, by_name: str, at: datetime) -> Letterhead:
    """Add a row that holds from now on; letters already set are not touched.

    ``said`` has the fields of ``SAID``. ``seen`` is the row (0 for none) that was the newest when the form
    was opened. Raises Clash when another came meanwhile: nothing is written then.
    """
    with transaction.atomic():
        if seen:  # who comes second waits here, and then sees the first one's row
            Letterhead.objects.select_for_update().filter(pk=seen).first()
        newest = Letterhead.objects.first()
        if newest is not None and newest.pk != seen:
            raise Clash(newest)
        return Letterhead.objects.create(**said, by_name=by_name, at=at)


def changed_between(older: Letterhead | None, newer: Letterhead) -> list[str]:
    """The fields that say something else than before; of the first row, those that say something."""
    before = {name: getattr(older or Letterhead(colour=INK), name) for name in SAID}
    return [name for name in SAID if getattr(newer, name) != before[name]]


def house_of(letterhead: Letterhead) -> House:
    """The house as a letter shows it. A logo whose file is gone is left out, and the log says so."""
    return House(
        name=letterhead.name or settings.AMENDS_HOUSE_NAME,
        address=lines(letterhead.address),
        phone=letterhead.phone,
        email=letterhead.email,
        web=letterhead.web,
        register=letterhead.register,
        colour=letterhead.colour or INK,
        logo=_logo(letterhead),
    )


def sheet_of(letterhead: Letterhead) -> Sheet:
    """Layout, paper and window, to be handed on: ``letter_data(case, language, text, **sheet_of(…))``."""
    return Sheet(
        layout=Layout(letterhead.layout) if letterhead.layout else None,
        paper=Paper(letterhead.paper or Paper.A4),
        window=Window(letterhead.window) if letterhead.window else None,
    )


def _logo(letterhead: Letterhead) -> Logo | None:
    if not letterhead.logo_sha256:
        return None
    try:
        return _kept_logo(letterhead.logo_name, str(path_of(letterhead.logo_sha256)))
    except OSError as error:
        log.error("The logo of the letterhead cannot be read, letters go out without it: %s", error)
        return None


@lru_cache(maxsize=4)
def _kept_logo(name: str, path: str) -> Logo:
    """The bytes at a path that names their digest never change, so that they are read once a process."""
    with open(path, "rb") as file:
        return checked(name, file.read())
