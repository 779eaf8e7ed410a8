"""What is said of mail that came in: why a person must look at it, and what was odd about it."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.correspondence.arrivals.files import refused_files

WHY: Mapping[str, str | Promise] = {
    "nobody": _("It names no sender to whom one can answer."),
    "ourselves": _("It comes from our own address, and names nobody else to whom one can answer."),
    "machine": _("A program sent it, and it names nobody to whom one can answer."),
    "stranger": _("It names a complaint, but who wrote it has no part in that complaint."),
    "colleague": _("A colleague wrote it. Is it a customer’s complaint that they pass on?"),
    "many": _("So many new mails came from this address within an hour that a machine may be writing them."),
    "wordless": _("It has no words and no file that we take."),
    "empty": _("There is nothing in it."),
    "unreadable": _("The program could not read all of it. Look at the mail itself."),
    "large": _("It is larger than 40 MB. Only its beginning was read; the mail itself is kept whole."),
    "fault": _("The program failed at it three times. Only its beginning is shown; the mail is kept whole."),
}

AUTO: Mapping[str, str | Promise] = {
    "bounce": _("A mail server reports on a mail that we sent"),
    "out-of-office": _("An automatic answer"),
    "list": _("A mailing list"),
    "loop": _("Our own mail that came back to us"),
}

FILE: Mapping[str, str | Promise] = {
    "large": _("“%(name)s” was not taken: it is larger than 20 MB."),
    "empty": _("“%(name)s” was not taken: it is empty."),
    "kind": _("“%(name)s” was not taken: it is of a kind that we do not take."),
    "disguised": _("“%(name)s” was not taken: it is not what its name says."),
    "many": _("“%(name)s” was not taken: there were too many files."),
}

_HEADER = _("Its header is damaged.")
_SENDER = _("It does not say properly who sent it.")
_DATE = _("It does not say properly when it was written.")
_SIGNS = _("Some letters and signs may be wrong.")
_PARTS = _("Its parts were not marked properly; something may stand in the wrong place.")
_CUT = _("It is so large or so entangled that only a part of it was read.")

ODD: Mapping[str, str | Promise] = {
    "empty": WHY["empty"],
    "no-header": _HEADER,
    "header-damaged": _HEADER,
    "header-not-encoded": _HEADER,
    "header-too-long": _HEADER,
    "from-missing": _SENDER,
    "address-damaged": _SENDER,
    "several-senders": _("It names several senders; the first one counts."),
    "date-missing": _DATE,
    "date-damaged": _DATE,
    "date-without-zone": _DATE,
    "charset-unknown": _SIGNS,
    "charset-wrong": _SIGNS,
    "charset-missing": _SIGNS,
    "charset-damaged": _SIGNS,
    "encoding-unknown": _SIGNS,
    "encoding-damaged": _SIGNS,
    "type-damaged": _PARTS,
    "boundary-missing": _PARTS,
    "boundary-guessed": _PARTS,
    "end-missing": _("It may have been cut off on its way."),
    "nested-too-deep": _CUT,
    "too-many-parts": _CUT,
    "text-cut": _CUT,
    "html-too-complex": _CUT,
    "winmail-damaged": _("A file “winmail.dat” could not be opened."),
    "auto-generated": _("A program wrote it, perhaps the form of a web site."),
    "unreadable": WHY["unreadable"],
}


def odd_in(problems: Sequence[str]) -> list[str | Promise]:
    """What was odd, each sentence once; and which files were not taken."""
    said = dict.fromkeys(str(ODD[code]) for code in problems if code in ODD)
    return [*said, *not_taken(problems)]


def not_taken(problems: Sequence[str]) -> list[str]:
    """Which files were not taken, and why."""
    return list(_not_taken(problems))


def _not_taken(problems: Sequence[str]) -> Iterator[str]:
    for why, name in refused_files(list(problems)):
        yield str(FILE[why]) % {"name": name}
