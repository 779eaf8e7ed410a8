"""The new words of a reply, apart from what it quotes. Nothing is lost: what is not new stands apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from amends.correspondence.incoming.html import QUOTE, RULE
from amends.correspondence.incoming.sayings import Sayings, sayings

_DATE = re.compile(r"\d{4}|\d{1,2}[./:-]\d{1,2}|年")
_TIME = re.compile(r"\d[:.]\d\d(?!\d)|\d[時点]|\bkl\b")
_RULE = re.compile(r"^\s*[_\-=*]{8,}\s*$")
_QUOTED = re.compile(r"^\s{0,3}(?:>(?!From )|\|\s?>)")
LONGEST_SIGNATURE = 12  # lines with words


@dataclass
class _Sheet:
    """The lines of a text, and of each whether it is new."""

    lines: list[str]
    old: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        self.old = [False] * len(self.lines)

    def fold(self, start: int, stop: int) -> None:
        self.old[start:stop] = [True] * (stop - start)

    def next_words(self, at: int) -> int:
        """The next line with words at or after this one; past the end if none."""
        while at < len(self.lines) and not bare(self.lines[at]):
            at += 1
        return at


def bare(line: str) -> str:
    """A line without the signs that only mark a place."""
    return line.replace(QUOTE, "").replace(RULE, "").strip()


def divide(text: str) -> tuple[str, str]:
    """The new words, and what is quoted (with signatures). A text without new words is new as a whole:

    it was forwarded, and what is forwarded is what its sender has to say.
    """
    said, sheet = sayings(), _Sheet(text.split("\n"))
    _fold_quotations(sheet, said)
    _fold_signatures(sheet, said)
    new = _joined(line for line, old in zip(sheet.lines, sheet.old, strict=True) if not old)
    quoted = _joined(line for line, old in zip(sheet.lines, sheet.old, strict=True) if old)
    return (new, quoted) if new else (_joined(sheet.lines), "")


def _joined(lines: Iterable[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines).replace(QUOTE, "").replace(RULE, "")
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")


def _fold_quotations(sheet: _Sheet, said: Sayings) -> None:
    at = 0
    while at < len(sheet.lines):
        line = sheet.lines[at]
        if _QUOTED.match(line):
            at = _fold_block(sheet, at, at)
        elif (ends := _announces(sheet, at, said)) is not None:
            at = _fold_block(sheet, _with_rule(sheet, at), ends)
        else:
            at += 1


def _announces(sheet: _Sheet, at: int, said: Sayings) -> int | None:
    """Where the words end that announce a quotation, if such words begin here."""
    line = sheet.lines[at].replace(RULE, "")
    if QUOTE in line:
        return _past_intro(sheet, at)
    if not line.strip() or len(line) > 1000:
        return None
    if said.separator.match(line) or said.announced.match(line):
        return at + 1
    if said.field.match(line) and _is_block(sheet, at, said):
        return len(sheet.lines)
    return _wrote(sheet, at, said)


def _past_intro(sheet: _Sheet, at: int) -> int:
    """After the mark of a program: up to four lines of “… wrote:” may stand before lines with “>”."""
    step = at
    for _ in range(5):
        step = sheet.next_words(step + (step == at and bool(bare(sheet.lines[at]))))
        if step >= len(sheet.lines) or _QUOTED.match(sheet.lines[step]):
            return step
        step += 1
    return at + 1


def _wrote(sheet: _Sheet, at: int, said: Sayings) -> int | None:
    window = ""
    for step in range(at, min(at + 4, len(sheet.lines))):
        line = sheet.lines[step].strip()
        if not line or _QUOTED.match(line):
            return None
        window = f"{window} {line}".strip()
        if line.rstrip("*_ ")[-1:] not in (":", "："):
            continue
        quoted = (
            _QUOTED.match(sheet.lines[after])
            if (after := sheet.next_words(step + 1)) < len(sheet.lines)
            else None
        )
        phrase = said.wrote.match(window) or (_may_begin(sheet, at, step) and said.wrote_open.match(window))
        address, dated = "@" in window, bool(_DATE.search(window))
        if phrase and (quoted or address or (dated and _TIME.search(window))):
            return step + 1  # “On 3 May Anna wrote:” in a running text has no hour and no address
        if quoted and address and dated and _may_begin(sheet, at, step):
            return step + 1  # a phrase of no language we know
        return None
    return None


def _may_begin(sheet: _Sheet, at: int, step: int) -> bool:
    """Whether a phrase without a first word of its own may begin on this line and end on that."""
    first = sheet.lines[at].strip()
    return at == step or (
        bool(_DATE.search(first) or "@" in first) and not first.endswith((".", "!", "?", ",", "。"))
    )


def _is_block(sheet: _Sheet, at: int, said: Sayings) -> bool:
    """Whether the header of an older message begins here: who, what about, and when or to whom."""
    seen: set[str] = set()
    address = False
    step, misses = at, 0
    while step < min(at + 14, len(sheet.lines)) and misses < 4:
        line = sheet.lines[step].replace(RULE, "")
        found = said.field.match(line)
        if found and found.lastgroup:
            seen.add(found.lastgroup)
        misses = 0 if found else misses + 1
        address |= "@" in line and bool(seen)
        step += 1
    first = said.field.match(sheet.lines[at].replace(RULE, ""))
    if first is None or first.lastgroup == "to":
        return False
    drawn = RULE in "".join(sheet.lines[max(at - 2, 0) : at + 1])  # Outlook and others draw a line above
    if drawn and "from" in seen and len(seen) >= 2:
        return True
    return "from" in seen and (len(seen) == 4 or (len(seen) == 3 and ("subject" in seen or address)))


def _with_rule(sheet: _Sheet, at: int) -> int:
    """A line drawn above the announcement belongs to it."""
    above = at - 1
    while above >= 0 and not sheet.lines[above].strip():
        above -= 1
    return above if above >= 0 and _RULE.match(sheet.lines[above]) else at


def _fold_block(sheet: _Sheet, start: int, at: int) -> int:
    """Fold the lines with “>” from here, or all the rest where an announcement has none; where to go on."""
    after = sheet.next_words(at)
    if after >= len(sheet.lines) or not _QUOTED.match(sheet.lines[after]):
        sheet.fold(start, len(sheet.lines))
        return len(sheet.lines)
    stop = after
    while stop < len(sheet.lines):
        following = sheet.next_words(stop)
        if following < len(sheet.lines) and _QUOTED.match(sheet.lines[following]):
            stop = following + 1
        else:
            break
    sheet.fold(start, stop)
    return stop


def _fold_signatures(sheet: _Sheet, said: Sayings) -> None:
    """Fold what is clearly a signature: a line “--” and little after it, at the end; and “Sent from my …”."""
    end = len(sheet.lines)
    while end and (sheet.old[end - 1] or not bare(sheet.lines[end - 1])):
        end -= 1
    words, start = 0, None
    for at in range(end - 1, -1, -1):
        if sheet.old[at] or words > LONGEST_SIGNATURE:
            break
        words += bool(bare(sheet.lines[at]))
        if sheet.lines[at].rstrip() == "--":
            start = at
    if start is not None:
        sheet.fold(start, end)
    for at, line in enumerate(sheet.lines):
        if not sheet.old[at] and len(line) < 200 and said.sent_from.match(line.strip()):
            sheet.fold(at, at + 1)
