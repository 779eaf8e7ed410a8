"""The versions of one text in one language: reading them, adding another."""

from datetime import datetime

from django.db import IntegrityError, transaction

from amends.correspondence.letters.reading import clean
from amends.correspondence.models import HouseText
from amends.correspondence.phrasebook import pack_text
from amends.people.models import StaffMember

SHOWN = 50  # versions that a page looks back on


class Clash(Exception):
    """Somebody saved another version meanwhile; ``newest`` is theirs."""

    def __init__(self, newest: HouseText) -> None:
        super().__init__(str(newest))
        self.newest = newest


def versions_of(language: str, name: str) -> list[HouseText]:
    """The latest versions, the newest first; empty as long as nobody changed the pack's words."""
    return list(HouseText.objects.filter(language=language, name=name).select_related("by")[:SHOWN])


def words_of_version(version: HouseText | None, language: str, name: str) -> str:
    """What a version says: its own words, or the pack's."""
    return (version.text if version else "") or pack_text(language, name).strip()


def tidy(text: str) -> str:
    """A text as it is kept: composed letters, plain line ends, one empty line between paragraphs."""
    rows = [row.rstrip() for row in clean(text).split("\n")]
    kept = [row for i, row in enumerate(rows) if row or (i and rows[i - 1])]
    return "\n".join(kept)


def keep(
    language: str,
    name: str,
    text: str,
    *,
    seen: int,
    by: StaffMember,
    at: datetime,
    why: str = "",
    new_meaning: bool = False,
) -> HouseText:
    """Add a version; it holds from now on. An empty text gives back the pack's words.

    ``seen`` is the version that was the newest when the form was opened, 0 for none. Raises Clash when
    another came meanwhile: nothing is written then.
    """
    rows = HouseText.objects.filter(language=language, name=name)
    try:
        with transaction.atomic():
            newest = rows.first()
            if newest is not None and newest.version != seen:
                raise Clash(newest)
            return HouseText.objects.create(
                language=language, name=name, version=seen + 1, text=text,
                why=why, new_meaning=new_meaning, by=by, at=at,
            )  # fmt: skip
    except IntegrityError:
        newest = rows.first()
        if newest is None:
            raise
        raise Clash(newest) from None
