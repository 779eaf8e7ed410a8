"""How programs in many languages announce what they quote, who is away, what came back."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import amends.packs

PACKS = Path(amends.packs.__file__).parent
ANY = "…"  # in a phrase of the packs: something stands here


@dataclass(frozen=True)
class Sayings:
    """One pattern for each kind of phrase, of all languages together."""

    wrote: re.Pattern[str]  # “On … wrote:”, one line
    wrote_open: re.Pattern[str]  # the same where the phrase begins with a date or a name
    separator: re.Pattern[str]  # “-----Original Message-----”
    announced: re.Pattern[str]  # “Begin forwarded message:”
    field: re.Pattern[str]  # “From: …”; the groups are from, sent, to, subject
    sent_from: re.Pattern[str]  # “Sent from my …”
    away: re.Pattern[str]
    bounce_subject: re.Pattern[str]
    bounce_words: re.Pattern[str]
    answers: re.Pattern[str]  # “Re: ”, once or several times, at the beginning of a subject; likewise “Fwd: ”
    forwards: re.Pattern[str]  # one “Fwd: ”


@cache
def sayings() -> Sayings:
    """The phrases of every language pack, read once."""
    packs = [tomllib.loads(path.read_text("utf-8")) for path in sorted(PACKS.glob("**/reply.toml"))]

    def all_of(name: str) -> list[str]:
        return [str(phrase) for pack in packs for phrase in pack.get(name, [])]

    wrote, dashes = all_of("wrote"), r"[-_=*–—]{2,}"
    carried = all_of("answered") + all_of("forwarded")
    again = r"(?:(?:re|sv|odp|回复)[:：]\s*)*"
    return Sayings(
        wrote=_whole(p for p in wrote if not p.startswith(ANY)),
        wrote_open=_whole(p for p in wrote if p.startswith(ANY)),
        separator=re.compile(
            rf"^\W{{0,3}}{dashes}\s*(?:{_either(all_of('separator'))})\s*:?\s*{dashes}\W*$", re.IGNORECASE
        ),
        announced=_whole(all_of("announced")),
        field=_fields(packs),
        sent_from=_whole(all_of("sent_from")),
        away=re.compile(rf"^{again}(?:{_either(all_of('away'))})(?:\s*[:：(\[!.–-]|\s*$)", re.IGNORECASE),
        bounce_subject=re.compile(_either(all_of("bounce_subject")), re.IGNORECASE),
        bounce_words=re.compile(_either(all_of("bounce_words")), re.IGNORECASE),
        answers=re.compile(rf"(?:{_prefix(carried)})+", re.IGNORECASE),
        forwards=re.compile(_prefix(all_of("forwarded")), re.IGNORECASE),
    )


def _one(phrase: str) -> str:
    words = re.escape(phrase.replace(ANY, "\0"))
    words = words.replace("\\\0", "\0").replace("\0", ".{1,300}?")
    return re.sub(r"\s*:$", r"\\s*[:：]", re.sub(r"(?:\\ )+", r"\\s+", words).replace("：", "[:：]"))


def _either(phrases: list[str]) -> str:
    return "|".join(_one(phrase) for phrase in phrases)


def _prefix(words: list[str]) -> str:
    return rf"\s*(?:{'|'.join(map(re.escape, words))})\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*"


def _whole(phrases: Any) -> re.Pattern[str]:
    return re.compile(rf"^[\s*_-]{{0,6}}(?:{_either(list(phrases))})[\s*_-]{{0,6}}$", re.IGNORECASE)


def _fields(packs: list[dict[str, Any]]) -> re.Pattern[str]:
    groups = []
    for name in ("from", "sent", "to", "subject"):
        words = {str(word) for pack in packs for word in pack.get("field", {}).get(name, [])}
        either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        groups.append(f"(?P<{name}>{either})")
    return re.compile(rf"^[\s>*_|]{{0,10}}(?:{'|'.join(groups)})\*?\s{{0,3}}[:：]\*?", re.IGNORECASE)
