"""From a case file and a text to what ``letter.typ`` sets, or to the same words as a mail."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from string import Template
from typing import Any

from amends.correspondence.dates import day, unbroken
from amends.correspondence.letters.address import address_lines, closing, label, pronouns, salutation
from amends.correspondence.letters.case_file import CaseFile, House
from amends.correspondence.letters.layouts import Layout, Paper, Style, Window, measures, style_of
from amends.correspondence.letters.qr import qr_svg
from amends.correspondence.letters.texts import Paragraph, Wording, wording
from amends.correspondence.phrasebook import pack_text, phrases
from amends.correspondence.texts import Draft

OWN_NUMBER = re.compile(r"\d{1,2}[.)、．]")
ONE_LINE = 110  # characters that fit in one line of text
REGIONS = {"en": "GB", "sv": "SE", "pl": "PL", "ms": "MY", "zh-hans": "CN"}


def say(case: CaseFile, language: str, template: str, *, american: bool = False) -> Wording:
    """A text with its blanks filled from the case file.

    A case file that says what was found takes the responsibility for it, unless it says otherwise.
    """
    you = pronouns(case.customer, language)
    apology = Template(phrases(language)["words"]["apology"]).substitute(you)
    values = {"apology": apology if "findings" in case.values else "", **case.values}
    return wording(language, template, values, reference=case.reference, you=you, american=american)


def words_of(case: CaseFile, language: str, text: str, *, american: bool = False) -> Wording:
    """The pack's text of this name, filled, without a database. FileNotFoundError if there is none."""
    return say(case, language, pack_text(language, text), american=american)


def mail_of(case: CaseFile, language: str, text: str) -> Draft:
    """The same words as the letter, as a plain mail."""
    return mail_said(case, language, words_of(case, language, text))


def mail_said(case: CaseFile, language: str, said: Wording) -> Draft:
    """Any words, as a plain mail."""
    close = closing(language, (case.signatory, case.position, case.house.name))
    return Draft(said.subject, said.text, salutation(case.customer, language), close)


def letter_data(
    case: CaseFile, language: str, text: str, *, layout: Layout | None, paper: Paper, window: Window | None
) -> dict[str, Any]:
    """A standard text as ``letter.typ`` wants it. Layout and window None: the language's own."""
    said = words_of(case, language, text, american=_american(language, paper))
    return laid_out(case, language, said, layout=layout, paper=paper, window=window)


def _american(language: str, paper: Paper) -> bool:
    return paper is Paper.US_LETTER and language == "en"


def laid_out(
    case: CaseFile,
    language: str,
    said: Wording,
    *,
    layout: Layout | None,
    paper: Paper,
    window: Window | None,
    greeting: str = "",
    close: Sequence[str] | None = None,
    signed: Sequence[str] = (),
    slip: bool = False,
) -> dict[str, Any]:
    """One letter as ``letter.typ`` wants it, with any words.

    ``greeting`` stands in place of the language's own salutation, ``close`` and ``signed`` in place of its
    close and signature. ``slip``: below it, an answer to tick and send back.
    """
    style = style_of(language, layout)
    window = window or (Window.LEFT if paper is Paper.US_LETTER else style.window)
    american = _american(language, paper)
    place = f"{case.place}, " if case.place and language == "pl" else ""
    date = place + unbroken(day(case.day, language, american=american))
    link = str(case.values.get("link", ""))
    return {
        "title": said.subject,
        "lang": language.partition("-")[0],
        "region": "US" if american else REGIONS[language],
        "paper": paper,
        "day": [case.day.year, case.day.month, case.day.day],
        "date": date,
        "style": asdict(style),
        "measures": measures(paper, window),
        "house": house_parts(case.house, returns=window is not Window.NONE and paper is Paper.A4),
        "address": address_lines(case.customer, language),
        **_references(case, language, style, date),
        "salutation": greeting or salutation(case.customer, language),
        "subject": said.subject,
        "paragraphs": _numbered(said.paragraphs, numbered=style.numbered),
        "kept": _kept(said.paragraphs),
        "close": phrases(language)["letter"]["close"] if close is None else close,
        "signed": _signed(case, language, signed, date if style.date == "end" else ""),
        "running": " · ".join((case.customer.name, case.reference, date)),
        "words": {name: label(name, case.customer, language) for name in ("page", "scan")},
        "qr": qr_svg(link) if link else None,
        "tail": _tail(case, language),
        "slip": _slip(case.reference, language) if slip else None,
    }


def _slip(reference: str, language: str) -> dict[str, Any]:
    said = phrases(language)["slip"]
    return {
        "cut": said["cut"],
        "title": Template(said["title"]).substitute(reference=reference),
        "answers": [said[answer] for answer in ("yes", "partly", "no")],
        "missing": said["missing"],
    }


def house_parts(house: House, *, returns: bool = False) -> dict[str, Any]:
    """The house as ``parts.typ`` wants it. ``returns``: with the line for letters that come back."""
    footer = (
        " · ".join(filter(None, (house.name, *house.address))),
        " · ".join(filter(None, (house.phone, house.email, house.web))),
        house.register,
    )
    known = any((house.address, house.phone, house.email, house.web, house.register))
    logo = {"format": house.logo.format, "data": list(house.logo.data)} if house.logo else None
    return {
        "name": house.name,
        "colour": house.colour,
        "logo": logo,
        "footer": list(filter(None, footer)) if known else [],
        "return-line": " · ".join((house.name, *house.address)) if returns and house.address else "",
    }


def _references(case: CaseFile, language: str, style: Style, date: str) -> dict[str, list[list[str]]]:
    """The reference lines, beside the letterhead or below the address; Malay has the customer's first."""
    yours = [label("yours", case.customer, language), case.your_reference]
    ours = [label("ours", case.customer, language), case.reference]
    both = [pair for pair in ((yours, ours) if language == "ms" else (ours, yours)) if pair[1]]
    dated = [[label("date", case.customer, language), date]] if style.date == "upper" else []
    if style.upper == "none":
        return {"upper": [], "references": both}
    if style.upper == "right-aligned":
        return {"upper": dated, "references": both}
    return {"upper": both + dated, "references": []}


def _numbered(paragraphs: tuple[Paragraph, ...], *, numbered: bool) -> list[dict[str, Any]]:
    """Malay numbers paragraphs from the second on; one that brings numbers of its own has no other."""
    made: list[dict[str, Any]] = []
    number = 0
    for p in paragraphs:
        bare = bool(p.lines) and OWN_NUMBER.match(p.lines[0]) is not None
        number += not bare
        made.append(
            {
                "lines": [unbroken(line) for line in p.lines],
                "points": [unbroken(point) for point in p.points],
                "number": number if numbered and number > 1 and not bare else None,
            }
        )
    return made


def _kept(paragraphs: tuple[Paragraph, ...]) -> int:
    """How many of the last paragraphs stay on the page of the signature: two, where the last is one line."""
    last = paragraphs[-1] if paragraphs else Paragraph(())
    return 2 if not last.points and sum(map(len, last.lines)) < ONE_LINE else 1


def _signed(case: CaseFile, language: str, signed: Sequence[str], date: str) -> list[str]:
    if signed:
        return list(filter(None, (*signed, date)))
    name = label("signed", case.customer, language).replace("$name", case.signatory) if case.signatory else ""
    if language == "zh-hans":
        person = "　".join(filter(None, (case.position, name)))
        return list(filter(None, (case.house.name, person, date)))
    return list(filter(None, (name, case.position, case.house.name, date)))


def _tail(case: CaseFile, language: str) -> list[tuple[str, list[str]]]:
    one, more = phrases(language)["letter"]["enclosures"]
    rows = (
        (more if len(case.enclosures) > 1 else one, list(case.enclosures)),
        (label("copies", case.customer, language), list(case.copies)),
    )
    return [(name, items) for name, items in rows if items]
