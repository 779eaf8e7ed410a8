"""The catalogues: compiled when stale, safe to fill, and the libraries' sentences are the libraries'."""

import os
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from amends.project.catalogues import compile_stale
from tools import messages

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Received"
msgstr "Mottagen"

msgid "one thing"
msgid_plural "%(n)s things"
msgstr[0] ""
msgstr[1] ""
"""


def catalogue(folder: Path) -> Path:
    path = folder / "sv" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_when_it_is_newer_and_only_then(tmp_path: Path) -> None:
    source = catalogue(tmp_path)
    target = source.with_suffix(".mo")
    assert compile_stale(tmp_path) == [target]
    assert b"Mottagen" in target.read_bytes()
    assert b"one thing" not in target.read_bytes(), "without a translation it must stay English"
    assert compile_stale(tmp_path) == []
    later = target.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_stale(tmp_path) == [target]
    assert [path.name for path in source.parent.iterdir() if path.suffix == ".part"] == []


def test_sentences_of_the_libraries_are_theirs_word_for_word() -> None:
    theirs: set[str] = set()
    for folder in (
        Path(django.__file__).parent / "conf/locale",
        Path(django.__file__).parent / "contrib/auth/locale",
        Path(allauth.__file__).parent / "locale",
    ):
        with (folder / "sv/LC_MESSAGES/django.po").open("rb") as file:
            catalog = read_po(file)
        theirs |= {m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id}
    here = "src/amends/project/foreign_strings.py"
    named = {key[0] for key, m in messages.messages(messages.found()).items() if (here, 0) in m.locations}
    assert len(named) > 50
    assert {" ".join(text.split()) for text in named} - {
        text.replace("\xa0", " ") for text in theirs
    } == set()


@pytest.fixture
def own_catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.extract()
    return tmp_path


def test_filling_takes_what_fits_and_says_why_not_the_rest(own_catalogues: Path) -> None:
    text = "The page “%(name)s” is not known."
    wrong = messages.fill("pl", {"Received": "Przyjęta", text: "x", "%(num)d day": "dzień"})
    assert wrong == [f"not in the catalogue: {text!r}", "needs its plural forms: '%(num)d day'"]
    assert messages.fill("pl", [{"msgid": "%(num)d day", "msgstr": ["%(num)d dzień", "%(num)d dni"]}]) == [
        "2 plural forms instead of 3: '%(num)d day'"
    ]
    assert messages.messages(messages.read("pl"))["Received", None].string == "Przyjęta"
    messages.extract()
    assert messages.messages(messages.read("pl"))["Received", None].string == "Przyjęta"


def test_placeholders_must_be_the_same(own_catalogues: Path) -> None:
    text = "Select a valid choice. %(value)s is not one of the available choices."
    assert messages.fill("sv", {text: "%(varde)s finns inte."}) == [
        f"placeholders differ: '%(varde)s finns inte.': {text!r}"
    ]
    assert messages.messages(messages.read("sv"))[text, None].string == ""


def test_what_nobody_says_any_more_goes(own_catalogues: Path) -> None:
    path = messages.path_of("ms")
    path.write_text(path.read_text("utf-8") + '\nmsgid "Nobody says this"\nmsgstr "x"\n', encoding="utf-8")
    assert "ms: nobody says it any more: 'Nobody says this'" in messages.check()
    messages.extract()
    assert ("Nobody says this", None) not in messages.messages(messages.read("ms"))


def test_english_is_the_source_whatever_the_house_speaks() -> None:
    with translation.override("en"):
        assert translation.gettext("Received") == "Received"
