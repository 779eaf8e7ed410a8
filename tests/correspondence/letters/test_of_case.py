"""A stored message as a letter: its words and no others, each where the layout has it."""

import pytest

from amends.cases import actions
from amends.cases.models import Document, Message
from amends.correspondence.letters.of_case import letter_data, letter_name, letter_of
from amends.correspondence.letters.setting import set_pdf
from amends.correspondence.models import Letterhead
from amends.correspondence.texts import draft_message
from amends.people.languages import LANGUAGES
from amends.people.models import Representative
from tests.conftest import MONDAY, House

CODES = [code for code, _ in LANGUAGES]


def letter(house: House, text: str, *, by_program: bool = False, **changes: object) -> Message:
    case = house.complaint(**changes)
    by = house.actor(house.handler)
    actions.write(case, by=by, at=MONDAY, text=text, subject="About your kettle", channel="letter")
    message: Message = case.messages.get(direction="out")
    if by_program:
        message.author, message.author_name = None, "Amends"
    return message


def ours(words: list[str]) -> tuple[object, ...]:
    """Words without a frame get the language's own."""
    return "Dear Clara Customer,", words, ["Yours sincerely,"], ["Hanna Handler", "Our house"]


def said(data: dict[str, object]) -> list[str]:
    """All that stands between salutation and close."""
    paragraphs: list[dict[str, list[str]]] = data["paragraphs"]  # type: ignore[assignment]
    rows = [row for p in paragraphs for row in (*p["lines"], *(f"– {point}" for point in p["points"]))]
    return [row.replace("\u00a0", " ") for row in rows]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("position", ["", "Customer care"])
def test_our_own_greeting_and_close_are_those_of_the_layout(house: House, code: str, position: str) -> None:
    house.handler.title = position
    house.handler.save()
    draft = draft_message(
        "progress", house.complaint(language=code), sender=house.handler.name, position=position
    )
    message = letter(house, draft.body, language=code)
    data = letter_of(message)
    again = letter_data(
        message.complaint,
        subject="About your kettle",
        text=draft.text,
        sender=house.handler.name,
        position=position,
        day=MONDAY.date(),
    )
    assert data == again
    assert data["salutation"] == draft.greeting
    rows = [row.replace("\u00a0", " ") for row in draft.text.split("\n") if row]
    assert said(data) == rows
    assert len(set_pdf([data])) > 10_000


def test_what_the_house_signs_has_no_person(house: House) -> None:
    draft = draft_message("progress", house.complaint())
    data = letter_of(letter(house, draft.body, by_program=True))
    assert data["signed"] == ["Our house"]


def test_a_house_that_has_another_name_by_now_signs_as_it_did(house: House) -> None:
    draft = draft_message("progress", house.complaint(), sender=house.handler.name)
    message = letter(house, draft.body)
    Letterhead.objects.create(name="New house", at=MONDAY)
    data = letter_of(message)
    assert data["signed"] == ["Hanna Handler", "Our house"]
    assert data["house"]["name"] == "New house"
    assert "Yours sincerely," not in said(data)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Dear Clara,\n\nIt is mended.\n\nBest wishes\nHanna Handler",
            ("Dear Clara,", ["It is mended."], ("Best wishes",), ["Hanna Handler"]),
        ),
        (
            "Hello!\n\nIt is mended.\n\nBest wishes\n\nHanna Handler\nOur house",
            ("Hello!", ["It is mended."], ("Best wishes",), ["Hanna Handler", "Our house"]),
        ),
        ("It is mended.\n\nIt was the seal.", ours(["It is mended.", "It was the seal."])),
        (
            "This is what we do:\n– We mend it\n– We bring it",
            ours(["This is what we do:", "– We mend it", "– We bring it"]),
        ),
        ("It is mended,", ours(["It is mended,"])),
        ("What we do:\n\n– We mend it", ours(["What we do:", "– We mend it"])),
        (
            "Dear Ms Customer:\n\nIt is mended.",
            ("Dear Ms Customer:", ["It is mended."], *ours([])[2:]),
        ),
    ],
)
def test_words_that_a_program_wrote_keep_their_own_frame(
    house: House, body: str, expected: tuple[object, ...]
) -> None:
    data = letter_of(letter(house, body))
    greeting, words, close, signed = expected
    assert data["salutation"] == greeting
    assert said(data) == words
    assert data["close"] == close
    assert data["signed"] == signed


def test_the_letter_shows_address_reference_link_and_letterhead(house: House) -> None:
    house.customer.address = "Kvarngatan 7\r\n503 31 Borås"
    house.customer.save()
    Letterhead.objects.create(
        name="The house", address="Storgatan 5", paper="us-letter", layout="semi-block", at=MONDAY
    )
    data = letter_of(letter(house, "It is mended."))
    assert data["address"] == ["Clara Customer", "Kvarngatan 7", "503 31 Borås"]
    assert data["references"] == [["Our reference:", "2026-00001"]]
    assert data["date"].replace("\u00a0", " ") == "March 2, 2026"
    assert data["style"]["indent"] == "half-inch"
    assert data["qr"]
    assert data["title"] == "About your kettle"


def test_a_representative_gets_it_at_the_customers_address(house: House) -> None:
    house.customer.address = "Kvarngatan 7\n503 31 Borås"
    house.customer.save()
    message = letter(house, "It is mended.")
    message.complaint.representative = Representative.objects.create(
        customer=house.customer, name="Rita Right"
    )
    data = letter_of(message)
    assert data["address"] == ["Rita Right", "c/o Clara Customer", "Kvarngatan 7", "503 31 Borås"]
    assert data["salutation"] == "Dear Rita Right,"


def test_what_travels_with_it_is_named_and_the_letter_itself_is_not(house: House) -> None:
    message = letter(house, "It is mended.")
    by, pdf = house.actor(house.handler), "application/pdf"
    for name, who in (("invoice.pdf", "Hanna Handler"), ("2026-00001 letter 1.pdf", "Amends")):
        document = Document(name=name, media_type=pdf, size=1, sha256="0" * 64)
        actions.attach(message.complaint, by=by, at=MONDAY, document=document, message=message)
        Document.objects.filter(pk=document.pk).update(by_name=who)
    assert letter_of(message)["tail"] == [("Enclosure:", ["invoice.pdf"])]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ["2026-00001 letter 1.pdf", "2026-00001 letter 2.pdf"]),
        ("zh-hans", ["2026-00001 信函 1.pdf", "2026-00001 信函 2.pdf"]),
    ],
)
def test_the_letters_of_a_case_are_counted(house: House, code: str, names: list[str]) -> None:
    first = letter(house, "One.", language=code)
    by = house.actor(house.handler)
    actions.write(first.complaint, by=by, at=MONDAY, text="A mail between them.")
    actions.write(first.complaint, by=by, at=MONDAY, text="Two.", channel="letter")
    letters = Message.objects.filter(channel="letter").order_by("pk")
    assert [letter_name(message) for message in letters] == names
