"""The message catalogues: what people read, in their language. No gettext tools of the system are needed.

    python -m tools.messages                  extract, then compile
    python -m tools.messages extract          bring the catalogues up to date with code and templates
    python -m tools.messages compile          make the .mo files (every start of the program does so too)
    python -m tools.messages check            list what is missing or wrong; 1 if there is anything
    python -m tools.messages todo LANG        what is untranslated, as JSON on standard output
    python -m tools.messages fill LANG FILE   put translations in: the JSON of `todo` with "msgstr" filled
                                              in, or {"msgid": "msgstr" or ["one", "many", …]}

English is the source and has no catalogue. LANG is sv, pl, ms or zh_Hans.
"""

import argparse
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from amends.project.catalogues import LOCALE, compile_stale

SOURCE = LOCALE.parent
PLURALS = {  # as gettext's manual gives them for each language
    "sv": "nplurals=2; plural=(n != 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ms": "nplurals=1; plural=0;",
    "zh_Hans": "nplurals=1; plural=0;",
}
_single: dict[str, Any] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
_plural: dict[str, Any] = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
_context: dict[str, Any] = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
_both: dict[str, Any] = dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
KEYWORDS = _single | _plural | _context | _both
PLACEHOLDER = re.compile(r"%\(\w+\)[#0+ -]*[\d.]*[a-zA-Z]|%[\d.]*[sdif]|\{[\w.]*(?:![rsa])?(?::[^{}]*)?\}")

type Key = tuple[str, str | None]
type Text = str | tuple[str, ...]


# --- reading the source ------------------------------------------------------------------------


def found() -> Catalog:
    """Every text of the code and the templates, with the files where it stands."""
    catalog = Catalog()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            source = path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            source = _calls_only(templatize(path.read_text(encoding="utf-8"), origin=str(path)))
        else:
            continue
        name = path.relative_to(SOURCE.parent.parent).as_posix()
        for msgid, context in _texts(source):
            known = catalog.get(_first(msgid), context)
            with_plural = known is not None and isinstance(msgid, str)  # it may stand elsewhere with one
            catalog.add(known.id if with_plural and known else msgid, locations=[(name, 0)], context=context)
    return catalog


def _calls_only(templatized: str) -> str:
    """What Django makes of a template is Python only line by line."""
    lines = (line.strip() for line in templatized.splitlines())
    return "\n".join(line for line in lines if "gettext(" in line or "_(" in line)


def _texts(source: str) -> Iterator[tuple[Text, str | None]]:
    stream = io.BytesIO(source.encode())
    for _, function, arguments, _ in extract_python(stream, KEYWORDS, [], {"encoding": "utf-8"}):
        texts = [arguments] if isinstance(arguments, str) else list(arguments or ())
        spec = KEYWORDS[str(function)] or (1,)
        context = texts[0] if texts and spec[0] == (1, "c") else None
        wanted = [
            texts[place - 1] if place <= len(texts) else None for place in spec if isinstance(place, int)
        ]
        chosen = tuple(text for text in wanted if text)
        if len(chosen) == len(wanted):
            yield (chosen if len(chosen) > 1 else chosen[0]), context


# --- the catalogues ----------------------------------------------------------------------------


def path_of(language: str) -> Path:
    """Where this language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """This language's catalogue as it stands; an empty one if there is none yet."""
    path = path_of(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _empty(language: str) -> Catalog:
    catalog = Catalog(locale=language)
    catalog.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalog


def write(language: str, catalog: Catalog) -> None:
    """Write it sorted, without dates, line numbers or obsolete texts, so that differences are small."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False)
    text = out.getvalue().decode()
    body = text.partition("\n\n")[2]
    header = (
        f"# Amends in {language}. Made by `make messages`; vocabulary in docs/glossary.md.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
    )
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = f"{header}\n{body}"
    if not path.exists() or path.read_text(encoding="utf-8") != new:
        path.write_text(new, encoding="utf-8")


def messages(catalog: Catalog) -> dict[Key, Message]:
    """The texts of a catalogue by their English and their context, without the header."""
    return {(_first(m.id), m.context): m for m in catalog if m.id}


def _first(msgid: Any) -> str:
    return str(msgid) if isinstance(msgid, str) else str(msgid[0])


def forms(language: str) -> int:
    """How many plural forms the language has."""
    return int(PLURALS[language][9])


def extract() -> None:
    """Bring every catalogue up to date. What is translated stays; what nobody says any more goes."""
    source = found()
    for language in PLURALS:
        old = messages(read(language))
        new = _empty(language)
        for key, message in messages(source).items():
            before = old.get(key)
            same = before is not None and isinstance(before.id, str) == isinstance(message.id, str)
            text = before.string if before is not None and same else ""
            new.add(message.id, text, locations=sorted(set(message.locations)), context=message.context)
        write(language, new)


# --- checking and filling ----------------------------------------------------------------------


def translations(message: Message) -> list[str]:
    """The forms of a translation; empty strings where one is missing."""
    string = message.string or ""
    return [string] if isinstance(string, str) else [text or "" for text in string]


def faults(language: str, message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    texts, plural = translations(message), not isinstance(message.id, str)
    if "fuzzy" in message.flags:
        yield "fuzzy"
    if not all(texts):
        yield "untranslated"
        return
    if plural and len(texts) != forms(language):
        yield f"{len(texts)} plural forms instead of {forms(language)}"
    one = _first(message.id)
    many = message.id[1] if not isinstance(message.id, str) else one
    for number, text in enumerate(texts):
        allowed = [_placeholders(many)]
        if plural and number == 0 and forms(language) > 1:
            allowed.append(_placeholders(one))
        if _placeholders(text) not in allowed:
            yield f"placeholders differ: {text!r}"
        if (text[0] == "\n", text[-1] == "\n") != (many[0] == "\n", many[-1] == "\n"):
            yield f"line breaks at the ends differ: {text!r}"


def _placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text.replace("%%", ""))))


def check() -> list[str]:
    """Everything that is missing or wrong, a line each; empty when the catalogues are complete."""
    source = messages(found())
    lines = []
    for language in PLURALS:
        there = messages(read(language))
        lines += [f"{language}: not in the catalogue: {key[0]!r}" for key in source.keys() - there.keys()]
        lines += [f"{language}: nobody says it any more: {key[0]!r}" for key in there.keys() - source.keys()]
        for key, message in there.items():
            lines += [f"{language}: {fault}: {key[0]!r}" for fault in faults(language, message)]
    return sorted(lines)


def todo(language: str) -> list[dict[str, Any]]:
    """What is not translated yet; `msgstr` is for the translator to fill in."""
    return [
        {
            "msgid": key[0],
            **({"context": message.context} if message.context else {}),
            **({} if isinstance(message.id, str) else {"plural": message.id[1]}),
            "where": sorted({name for name, _ in message.locations}),
            "msgstr": "" if isinstance(message.id, str) else [""] * forms(language),
        }
        for key, message in messages(read(language)).items()
        if not all(translations(message))
    ]


def fill(language: str, given: Any) -> list[str]:
    """Put translations in. Returns what was not taken and why: unknown texts, wrong placeholders."""
    catalog = read(language)
    there = messages(catalog)
    if isinstance(given, dict):
        given = [{"msgid": msgid, "msgstr": text} for msgid, text in given.items()]
    refused = []
    for entry in given:
        message = there.get((entry["msgid"], entry.get("context")))
        text = entry["msgstr"]
        if message is None:
            refused.append(f"not in the catalogue: {entry['msgid']!r}")
        elif any([text] if isinstance(text, str) else text):
            before, message.string = message.string, text if isinstance(text, str) else tuple(text)
            if isinstance(message.id, str) != isinstance(text, str):
                wrong = ["needs its plural forms" if isinstance(text, str) else "has no plural"]
            else:
                wrong = list(faults(language, message))
            if wrong:
                message.string = before
                refused.append(f"{wrong[0]}: {entry['msgid']!r}")
    write(language, catalog)
    return refused


def main(arguments: list[str] | None = None) -> int:
    """Run one command; see the head of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=("extract", "compile", "check", "todo", "fill"))
    parser.add_argument("language", nargs="?", choices=tuple(PLURALS))
    parser.add_argument("file", nargs="?", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.command in {"todo", "fill"} and not chosen.language:
        parser.error("which language?")
    lines: list[str] = []
    match chosen.command:
        case "check":
            lines = check()
        case "todo":
            print(json.dumps(todo(chosen.language), ensure_ascii=False, indent=1))
        case "fill":
            given = chosen.file.read_text(encoding="utf-8") if chosen.file else sys.stdin.read()
            lines = fill(chosen.language, json.loads(given))
            compile_stale()
        case "compile":
            compile_stale()
        case _:
            extract()
            if chosen.command is None:
                compile_stale()
    if lines:
        print("\n".join(lines), file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
