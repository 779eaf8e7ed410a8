"""Files are what they say they are, or are refused."""

import os
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases import documents
from amends.cases.documents import NotAccepted, accept
from amends.kit.chain import digest

TYPES = "[Content_Types].xml"


def archive(**parts: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as made:
        made.writestr(TYPES, "<Types/>")
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.docx", "word__document_xml"), ("a.xlsx", "xl__workbook_xml"), ("a.odt", "content_xml")],
)
def test_office_files_are_taken(name: str, part: str) -> None:
    document = accept(SimpleUploadedFile(name, archive(**{part: b"<x/>"})))
    assert document.name == name


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.odt"])
@pytest.mark.parametrize("content", [archive(evil_exe=b"MZ"), b"PK\x03\x04 cut off"])
def test_any_other_archive_under_their_name_is_not(name: str, content: bytes) -> None:
    with pytest.raises(NotAccepted) as refused:
        accept(SimpleUploadedFile(name, content))
    assert refused.value.status == 415
    assert not documents.path_of(digest(content)).exists()


def test_a_file_that_unpacks_without_end_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_UNPACKED", 10_000)
    bomb = archive(word__document_xml=b"0" * 10_001)
    assert len(bomb) < 1000
    with pytest.raises(NotAccepted):
        accept(SimpleUploadedFile("a.docx", bomb))
    assert not documents.path_of(digest(bomb)).exists()


def test_a_file_that_a_power_cut_left_half_is_written_anew() -> None:
    path = documents.path_of(digest(b"the whole file"))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"the wh")
    assert documents.put_away(b"the whole file") == path.name
    assert path.read_bytes() == b"the whole file"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_is_flushed_once_it_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[bool] = []
    path = documents.path_of(digest(b"words"))
    monkeypatch.setattr(os, "fsync", lambda _file: flushed.append(path.exists()))
    documents.put_away(b"words")
    documents.put_away(b"words")
    assert flushed == [True, True]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.exe", b"MZ", "kind"),
        ("a.png", b"MZ", "disguised"),
        ("a.txt", b"x" * (documents.LARGEST + 1), "large"),
    ],
)
def test_a_refusal_says_why_in_one_word(name: str, content: bytes, code: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        documents.accept_bytes(name, content)
    assert refused.value.code == code
    assert not documents.path_of(digest(content)).exists()
