"""What a text will look like before it goes, as a mail or a letter, and what in it is not right yet."""

import re
from datetime import date

from amends.cases.links import link_url
from amends.cases.models import Complaint
from amends.correspondence.letters.fonts import uncovered
from amends.correspondence.letters.of_case import letter_data
from amends.correspondence.letters.setting import set_png
from amends.correspondence.mail_html import html_of

# A blank of a template, words in square brackets, three dots in them, a note to oneself.
_LEFT_OVER = re.compile(
    r"\$\{?[A-Za-z_]\w*\}?|\[[^\]\n]{0,60}\]|［[^］\n]{0,60}］|【[^】\n]{0,60}】"
    r"|…{2,}|_{3,}|\?{3,}|\bX{3,}\b|\bT[O]DO\b"
)


def left_over(text: str) -> list[str]:
    """What looks as if it were still to be filled in, each once, in order: ``$name``, […], ____."""
    return list(dict.fromkeys(found[0] for found in _LEFT_OVER.finditer(text)))


def mail_page(complaint: Complaint, *, subject: str, body: str) -> str:
    """The HTML part of the mail that ``body`` becomes."""
    return html_of(body, language=complaint.language, title=subject, link=link_url(complaint))


def letter_pages(
    complaint: Complaint, *, subject: str, text: str, sender: str, position: str, day: date, purpose: str = ""
) -> list[bytes]:
    """The pages of the letter as PNG, exactly as they print, but for characters that no font shows."""
    missing = dict.fromkeys(map(ord, uncovered(subject + text)))
    return set_png(
        [
            letter_data(
                complaint,
                subject=subject.translate(missing),
                text=text.translate(missing),
                sender=sender,
                position=position,
                day=day,
                purpose=purpose,
            )
        ]
    )
