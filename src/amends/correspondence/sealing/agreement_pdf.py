"""Setting the signed agreement: the text, the signatures, the page of evidence; PDF/A-3a and PDF/UA-1.

The text lies in the PDF once more as ``settlement.txt``, byte for byte as it was shown, so that its SHA-256
can be computed by anybody; the evidence lies in it as ``evidence.json``.
"""

import json
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

import typst
from django.utils import timezone

from amends.correspondence.dates import day, unbroken
from amends.correspondence.letters.fonts import uncovered
from amends.correspondence.letters.layouts import Paper, Window, measures
from amends.correspondence.letters.letter import REGIONS, house_parts
from amends.correspondence.letters.setting import compiled, strings, without
from amends.correspondence.phrasebook import phrases
from amends.correspondence.sealing.drawing import drawing_svg
from amends.correspondence.sealing.signed import FileOnCase, Signed
from amends.people.masking import masked

TEMPLATE = Path(__file__).with_name("agreement.typ")
ARCHIVE: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]  # the archive that may hold files
PIXELS_PER_INCH = 144
NO_PICTURE = "□"


def set_agreement(signed: Signed, *, paper: Paper = Paper.A4) -> bytes:
    """The agreement as a PDF, not sealed yet. Raises typst.TypstError for a logo that is no picture.

    A character that the fonts do not have is marked in print, and whole in ``settlement.txt``.
    """
    return compiled(TEMPLATE, _inputs(signed, paper), format="pdf", pdf_standards=ARCHIVE)[0]


def agreement_pages(signed: Signed, *, paper: Paper = Paper.A4) -> list[bytes]:
    """The same pages as pictures, one a page."""
    return compiled(TEMPLATE, _inputs(signed, paper), format="png", ppi=PIXELS_PER_INCH)


def _inputs(signed: Signed, paper: Paper) -> dict[str, str]:
    data = _printable(agreement_data(signed, paper), signed.language)
    return {
        "agreement": json.dumps(data, ensure_ascii=False),
        "settlement": signed.text,
        "evidence": json.dumps(signed.evidence(), ensure_ascii=False, indent=1),
    }


def agreement_data(signed: Signed, paper: Paper) -> dict[str, Any]:
    """What ``agreement.typ`` sets."""
    say = _Words(signed.language)
    title, _, rest = signed.text.strip().partition("\n")
    local = timezone.localtime(signed.at)
    return {
        "title": title.strip(),
        "lang": signed.language.partition("-")[0],
        "region": REGIONS[signed.language],
        "paper": paper,
        "day": [local.year, local.month, local.day],
        "measures": measures(paper, Window.NONE),
        "house": house_parts(signed.house),
        "running": " · ".join((signed.house.name, title.strip())),
        "parties": [_house(signed), _customer(signed, say)],
        "paragraphs": [block.split("\n") for block in _blocks(rest)],
        "unshown": "",
        "sides": [_house_side(signed, say), _customer_side(signed, say)],
        "evidence": _evidence(signed, say),
        "verify": _verify(signed, say),
        "words": {
            "page": phrases(signed.language)["letter"]["page"],
            "parties": say("parties"),
            "signatures": say("signatures"),
            "evidence": say.of_evidence("title"),
            "verify": say.of_evidence("verify"),
            "shown": say.of_evidence("shown"),
        },
    }


class _Words:
    """The language's phrases of an agreement, filled."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._said = phrases(language)["agreement"]

    def __call__(self, phrase: str, /, **blanks: object) -> str:
        return unbroken(Template(self._said[phrase]).substitute(blanks))

    def of_evidence(self, phrase: str, /, **blanks: object) -> str:
        """A phrase of the page of evidence."""
        return unbroken(Template(self._said["evidence"][phrase]).substitute(blanks))

    def moment(self, at: datetime) -> str:
        """A day and a time to the second, with its distance from UTC."""
        local = timezone.localtime(at)
        said = day(at, self.language)
        return self("moment", day=said, time=f"{local:%H:%M:%S}", zone=f"UTC{local:%:z}")


def _blocks(text: str) -> list[str]:
    """Paragraphs, their lines as they are."""
    rows = [line.strip() for line in text.strip().split("\n")]
    return [block.strip("\n") for block in "\n".join(rows).split("\n\n") if block.strip()]


def _house(signed: Signed) -> list[str]:
    return [signed.house.name, *signed.house.address]


def _customer(signed: Signed, say: _Words) -> list[str]:
    proxy = [say("by_proxy", name=signed.name)] if signed.representative else []
    return [signed.customer, *signed.customer_address, *proxy]


def _house_side(signed: Signed, say: _Words) -> dict[str, Any]:
    rows = [
        say("offered", name=signed.offered_by, when=say.moment(signed.offered_at)),
        say("sealed", house=signed.house.name),
    ]
    return {"name": signed.house.name, "drawing": None, "drawn": "", "mark": "", "rows": rows}


def _customer_side(signed: Signed, say: _Words) -> dict[str, Any]:
    how = "signed_code" if signed.code_sent_to else "signed_paper"
    return {
        "name": _signer(signed, say) if signed.representative else signed.name,
        "drawing": drawing_svg(signed.drawing),
        "drawn": say("drawn", name=signed.name),
        "mark": signed.name if signed.code_sent_to else "",
        "rows": [say(how, when=say.moment(signed.at))],
    }


def _signer(signed: Signed, say: _Words) -> str:
    as_whom = "as_representative" if signed.representative else "as_customer"
    return say.of_evidence(as_whom, name=signed.name, customer=signed.customer)


def _evidence(signed: Signed, say: _Words) -> list[tuple[str, list[str]]]:
    """Each row: what it is about, and what is said of it."""
    at, said = say.moment, say.of_evidence
    offer = said("offer_said", round=signed.round, version=signed.plan_version, when=at(signed.offered_at))
    signer = [_signer(signed, say)]
    if signed.authority:
        signer += _file(said("authority", file=signed.authority.name), signed.authority)
    seal = [said("seal_said", name=signed.sealed_with), signed.fingerprint]
    return [
        (said("complaint"), [signed.reference]),
        (said("offer"), [offer]),
        (said("shown"), [said("shown_said"), signed.text_sha256]),
        (said("signer"), signer),
        (said("means"), _means(signed, say)),
        (said("when"), [at(signed.at)]),
        (said("chain"), [said("chain_said", number=signed.event), signed.chain]),
        (said("seal"), [*seal, said("stamped")] if signed.stamped else seal),
    ]


def _means(signed: Signed, say: _Words) -> list[str]:
    said = say.of_evidence
    if not signed.code_sent_to:
        return _paper(signed, say)
    rows = [said("by_code", to=masked(signed.code_sent_to))]
    for name, at in (("code_sent", signed.code_sent_at), ("code_used", signed.code_used_at)):
        if at:
            rows.append(said(name, when=say.moment(at)))
    return [*rows, said("drawn" if signed.drawing else "typed")]


def _paper(signed: Signed, say: _Words) -> list[str]:
    said, scan = say.of_evidence, signed.scan
    rows = _file(said("by_paper", file=scan.name), scan) if scan else []
    if signed.dated:
        rows.append(said("dated", day=day(signed.dated, signed.language)))
    if signed.brought_at:
        rows.append(said("brought", name=signed.brought_by, when=say.moment(signed.brought_at)))
    return [*rows, said("checked", name=signed.checked_by)] if signed.checked_by else rows


def _file(sentence: str, file: FileOnCase) -> list[str]:
    return [sentence, file.sha256]


def _verify(signed: Signed, say: _Words) -> list[str]:
    own = ("verify_own",) if signed.self_made else ()
    return [say.of_evidence(name) for name in ("verify_reader", "verify_program", "verify_text", *own)]


def _printable(data: dict[str, Any], language: str) -> dict[str, Any]:
    """The same with a mark for each character that no font has, and a sentence that says so."""
    missing = uncovered("".join(strings(data)))
    if not missing:
        return data
    marked = without(data, missing, instead=NO_PICTURE)
    codes = ", ".join(f"U+{ord(character):04X}" for character in missing)
    return marked | {"unshown": _Words(language)("unshown", characters=codes)}
