"""The same words for mail programs that show HTML: paragraphs, points, and the link as a button.

Nothing is fetched from anywhere and nothing is counted. Text and ground keep the reader's own colours, so
that it is as readable in the dark. Mail programs ignore style sheets: the few styles stand on the elements.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

_URL = re.compile(r"https?://[^\s<>\"”’]*[^\s<>\"”’.,;:!?)\]]")
_POINT = re.compile(r"[–•*-]\s+")
_BODY = (
    "margin:0;padding:16px;font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
    "font-size:16px;line-height:1.5"
)
_LIST = "margin:0 0 1em;padding-left:1.4em"
_BUTTON = (
    "display:inline-block;padding:10px 18px;border-radius:6px;background-color:#17595a;color:#ffffff;"
    "text-decoration:none"
)
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark"></head>
<body style="{style}"><div style="max-width:38em">
{words}
</div></body></html>
"""


def html_of(text: str, *, language: str, title: str, link: str = "") -> str:
    """The text as a small HTML page. A line that is ``link``, the customer's own, becomes a button."""
    text = "\n".join(text.strip().splitlines())
    with override(language):
        blocks = [_block(block.split("\n"), link) for block in re.split(r"\n\s*\n", text)]
        words = _joined("{}", ((block,) for block in blocks))
    return format_html(_PAGE, language=tag(language), title=title, style=mark_safe(_BODY), words=words)  # noqa: S308


def tag(language: str) -> str:
    """The language as BCP 47 writes it: zh-hans → zh-Hans."""
    first, *rest = language.split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _block(lines: list[str], link: str) -> SafeString:
    """One paragraph of the text: its lines, points as a list, the link as a button."""

    def kind(line: str) -> str:
        stripped = line.strip()
        return "button" if link and stripped == link else "points" if _POINT.match(stripped) else "words"

    return _joined("{}\n", ((_part(name, list(some)),) for name, some in groupby(lines, kind)))


def _part(kind: str, lines: list[str]) -> SafeString:
    if kind == "points":
        items = ((_linked(_POINT.sub("", line.strip(), count=1)),) for line in lines)
        return format_html('<ul style="{}">{}</ul>', mark_safe(_LIST), _joined("<li>{}</li>", items))  # noqa: S308
    if kind == "button":
        words, link = gettext("Open your complaint"), lines[0].strip()
        inside = format_html('<a href="{}" style="{}">{}</a>', link, mark_safe(_BUTTON), words)  # noqa: S308
    else:
        inside = _with_breaks(lines)
    return format_html('<p style="margin:0 0 1em">{}</p>', inside)


def _with_breaks(lines: Iterable[str]) -> SafeString:
    return format_html_join(mark_safe("<br>\n"), "{}", ((_linked(line),) for line in lines))


def _joined(form: str, items: Iterable[tuple[SafeString]]) -> SafeString:
    return format_html_join("", form, items)


def _linked(line: str) -> SafeString:
    """The line with its addresses as links, everything else escaped."""
    parts, end = [], 0
    for found in _URL.finditer(line):
        parts += [escape(line[end : found.start()]), format_html('<a href="{0}">{0}</a>', found[0])]
        end = found.end()
    parts.append(escape(line[end:]))
    return SafeString("".join(parts))
