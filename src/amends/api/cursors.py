"""Keyset cursors: where a list goes on. Opaque to programs, and worth nothing to who alters one."""

import base64
import binascii
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from amends.api.problems import Invalid

_LARGEST_ID = 2**63 - 1


def cursor_after(received_at: datetime, row_id: int) -> str:
    """The cursor that goes on behind this row."""
    text = f"{received_at.astimezone(UTC).isoformat()}|{row_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """The row that a cursor stands for. Raises Invalid for one that was not made here."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        moment, number = text.split("|")
        at, row_id = datetime.fromisoformat(moment), int(number)
        if at.utcoffset() is None or not 1990 < at.year < 2200 or not 0 <= row_id <= _LARGEST_ID:
            raise ValueError(cursor)
    except (ValueError, binascii.Error) as error:
        raise Invalid("after", _("This is no cursor of ours. Take “next” of the page before.")) from error
    return at, row_id
