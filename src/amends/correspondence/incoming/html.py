"""HTML of strangers: cleaned so that a page may show it, and read as text."""

import re
from html import unescape
from html.parser import HTMLParser

import nh3

from amends.correspondence.incoming import limits
from amends.correspondence.incoming.limits import Notes

# Signs of the private area that stand in a text: what follows is quoted; a line is drawn here.
QUOTE = "\ue000"
RULE = "\ue001"
TAGS = set(
    """
    a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del dfn div dl dt em
    font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub
    sup table tbody td tfoot th thead tr tt u ul var
    """.split()
)
ATTRIBUTES = {
    "*": {"dir", "lang", "title"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align"}, "ol": {"start"},
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
DEEPEST = 20  # quotations within quotations
_BLOCKS = set("address blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split())
_SILENT = {"script", "style", "title", "template"}  # nothing in them is to be read
# How programs mark what they quote: the class or id that begins it.
_QUOTED = re.compile(
    r"^(?:gmail_quote(?:_container)?|gmail_extra|yahoo_quoted|moz-email-headers-table"
    r"|divrplyfwdmsg|stopspelling|olk_src_body_section|zmail_extra|protonmail_quote|tutanota_quote|appendonsend"
    r"|x_divrplyfwdmsg|gmail_attr|quote|hmquote|ms-outlook-mobile-reference-message|replymessage|origbody|ybr\d*)$",
    re.IGNORECASE,
)
# Outlook draws a line above the old message.
_RULED = re.compile(r"border-top(?:-style)?:[^;]*solid", re.IGNORECASE)


def cleaned(html: str, notes: Notes) -> str | None:
    """The HTML with nothing that runs, styles, tracks or leaves; None if there is too much of it.

    Pictures keep only those of the message itself (``cid:``); links open without telling where from.
    """
    if (fit := _fit(html, notes)) is None:
        return None
    return nh3.clean(
        fit,
        tags=TAGS,
        clean_content_tags=_SILENT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        attribute_filter=_own_pictures,
    ).strip()


def as_text(html: str, notes: Notes) -> str:
    """What a reader sees of HTML.

    Lines of a quotation begin with “> ”; QUOTE stands where a program marked the old text of a reply.
    """
    if (fit := _fit(html, notes)) is None:
        return unescape(re.sub(r"<[^<>]{0,2000}>", " ", html[: limits.HTML]))
    safe = nh3.clean(
        fit,
        tags=TAGS,
        clean_content_tags=_SILENT,
        attributes={"*": {"class", "id", "style"}, "a": {"href"}, "img": {"alt"}, "blockquote": {"type"}},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    return reader.text()


def _own_pictures(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not value.lower().startswith("cid:"):
        return None
    return value


def _fit(html: str, notes: Notes) -> str | None:
    if len(html) > limits.HTML or html.count("<") > limits.TAGS or html.count("&") > limits.ENTITIES:
        notes.add("html-too-complex")
        return None
    # A bare ampersand each costs the cleaner a look at all that follows.
    html = re.sub(r"&(?!#?\w{1,32};?)", "&amp;", html.replace("\0", ""))
    return re.sub(r"<!--\[if [^>]{0,200}\]>.{0,20000}?<!\[endif\]-->", "", html, flags=re.DOTALL)


class _Reader(HTMLParser):
    """Walks over cleaned HTML. Depths are counted, not kept as a tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.depth = 0  # of quotations
        self.pre = 0
        self.cells = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        told = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag == "br":
            self.fresh(always=tag == "br")
        if tag == "p" and self.lines[-2:-1] not in ([""], ["> " * min(self.depth, DEEPEST)]):
            self.fresh(always=True)
        marks = [*told.get("class", "").split(), told.get("id", "")]
        if any(_QUOTED.match(mark) for mark in marks if mark):
            self.lines[-1] += QUOTE
        elif tag == "hr" or _RULED.search(told.get("style", "")):
            self.lines[-1] += RULE
        if tag == "blockquote":
            self.depth += 1
            self.fresh()
        elif tag == "pre":
            self.pre += 1
        elif tag == "li":
            self.lines[-1] += "- "
        elif tag in ("td", "th"):
            if self.cells:
                self.lines[-1] += " "
            self.cells += 1
        elif tag == "tr":
            self.cells = 0
        elif tag == "img" and told.get("alt", "").strip():
            self.lines[-1] += told["alt"].strip()
        elif tag == "a":
            self.links.append(told.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag == "a" and self.links:
            self._target(self.links.pop())
        if tag == "blockquote":
            self.depth = max(self.depth - 1, 0)
        if tag == "pre":
            self.pre = max(self.pre - 1, 0)
        if tag in _BLOCKS:
            self.fresh()
        if tag == "p":
            self.fresh(always=True)

    def handle_data(self, data: str) -> None:
        """Words."""
        if self.pre:
            first, *more = data.split("\n")
            self.lines[-1] += first
            for line in more:
                self.fresh(always=True)
                self.lines[-1] += line
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self.lines[-1].strip("> " + QUOTE + RULE) or self.lines[-1].endswith(" "):
            words = words.lstrip(" ")
        self.lines[-1] += words

    def fresh(self, *, always: bool = False) -> None:
        """Begin a line, unless one has just begun."""
        if always or self.lines[-1].strip("> " + QUOTE + RULE):
            self.lines.append("> " * min(self.depth, DEEPEST))
        elif not {QUOTE, RULE} & set(self.lines[-1]):
            self.lines[-1] = "> " * min(self.depth, DEEPEST)
        elif self.depth:
            self.lines.append("> " * min(self.depth, DEEPEST))

    def _target(self, href: str) -> None:
        """The address of a link stays readable where its words do not tell it."""
        if href.startswith(("http://", "https://")) and len(href) <= 300 and href not in self.lines[-1]:
            shown = re.sub(r"^https?://(?:www\.)?|/$", "", href)
            if shown not in self.lines[-1]:
                self.lines[-1] += f" <{href}>"

    def text(self) -> str:
        """All lines, blanks at their ends gone, never more than one empty line in a row."""
        lines = [
            re.sub(r"[ \u200b]+$", "", line.replace("\xa0", " ").replace("\xad", "")) for line in self.lines
        ]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
