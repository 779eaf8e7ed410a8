"""What would go wrong with a text when it is sent, found when it is saved: a sentence a fault."""

import difflib
import re
from collections.abc import Iterator
from string import Template

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.correspondence.house_texts.blanks import allowed_in, sure_in
from amends.correspondence.letters.fields import FIELDS, Kind
from amends.correspondence.letters.fonts import uncovered
from amends.correspondence.phrasebook import letter_needs

LONGEST_SUBJECT = 160  # characters, blanks not yet filled: what a mail program still shows
DOLLAR = gettext_lazy(
    "Line %(line)d: in “%(words)s” the dollar sign begins no blank. A blank is a name, such as $title or"
    " ${title}; for a dollar sign itself write $$."
)
OWN_LINE = {Kind.POINTS, Kind.REMEDIES}  # these fill several lines, each with a dash


def faults(language: str, name: str, text: str) -> list[str]:
    """What is wrong with ``text`` as the text ``name``; empty if it can be saved."""
    if not text.strip():
        return [_("There are no words in it. For the program’s, choose “Take the program’s words again”.")]
    if dollars := list(_dollars(text)):
        return dollars
    subject, _newline, body = text.strip().partition("\n")
    found = [*_unknown(language, name, text), *_missing(name, body), *_subject(language, name, subject)]
    if not body.strip():
        found.append(_("Below the subject, which is the first line, there is no text."))
    found += [*_left_out(language, name, body), *_in_a_line(body)]
    if characters := uncovered(Template(text).safe_substitute()):
        said = ", ".join(f"{c} (U+{ord(c):04X})" for c in characters)
        found.append(_("The letters’ fonts have no picture for %(characters)s.") % {"characters": said})
    return found


def _dollars(text: str) -> Iterator[str]:
    """Dollar signs that begin no blank."""
    for number, row in enumerate(text.split("\n"), start=1):
        for found in Template.pattern.finditer(row):
            if found.group("invalid") is not None:
                said = {"line": number, "words": row[found.start() : found.start() + 20]}
                yield DOLLAR % said


def _unknown(language: str, name: str, text: str) -> Iterator[str]:
    allowed = allowed_in(language, name)
    for blank in dict.fromkeys(Template(text).get_identifiers()):
        if blank not in allowed:
            near = difflib.get_close_matches(blank, sorted(allowed), 1)
            hint = _(" Is $%(near)s meant?") % {"near": near[0]} if near else ""
            yield _("Nothing fills the blank $%(blank)s in this text.") % {"blank": blank} + hint


def _missing(name: str, body: str) -> Iterator[str]:
    there = Template(body).get_identifiers()
    for blank in letter_needs()[name]:
        if blank not in there:
            yield _("$%(blank)s is missing: this text must say it.") % {"blank": blank}


def _subject(language: str, name: str, subject: str) -> Iterator[str]:
    """The subject is never left out, so that it may only speak of what is always known."""
    sure = sure_in(language, name)
    for blank in dict.fromkeys(Template(subject).get_identifiers()):
        if blank in allowed_in(language, name) - sure:
            yield _(
                "The subject speaks of $%(blank)s, which not every letter of this kind has. Say it below."
            ) % {"blank": blank}
        elif FIELDS.get(blank) in OWN_LINE | {Kind.PROSE}:
            yield _("$%(blank)s fills several lines; the subject is one.") % {"blank": blank}
    if len(subject) > LONGEST_SUBJECT:
        yield _("The subject, the first line, is %(length)d characters long; up to %(longest)d fit.") % {
            "length": len(subject),
            "longest": LONGEST_SUBJECT,
        }


def _left_out(language: str, name: str, body: str) -> Iterator[str]:
    """A paragraph with a blank that nothing fills is left out: what must be said cannot stand in one."""
    sure, known = sure_in(language, name), allowed_in(language, name)
    paragraphs = [known & set(Template(p).get_identifiers()) for p in re.split(r"\n\s*\n", body)]
    for blank in letter_needs()[name]:
        holding = [p for p in paragraphs if blank in p]
        if holding and not any(p <= sure for p in holding):
            other = min(holding[0] - sure)
            yield _(
                "$%(blank)s must always be said, but its paragraph also has $%(other)s and is left out where"
                " that is not known. Put the two into separate paragraphs."
            ) % {"blank": blank, "other": other}


def _in_a_line(body: str) -> Iterator[str]:
    for row in body.split("\n"):
        for blank in Template(row).get_identifiers():
            if FIELDS.get(blank) in OWN_LINE and row.strip() not in (f"${blank}", f"${{{blank}}}"):
                yield _("$%(blank)s is a list: give it a line of its own.") % {"blank": blank}
