"""Bytes to text: by their label where it is true, else by what the bytes themselves show."""

import codecs
import re

# Labels that mean a little less than what people send under them.
WIDER = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "euc-cn": "gb18030", "chinese": "gb18030", "hz": "hz", "hz-gb-2312": "hz",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "windows-874": "cp874", "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949",
    "korean": "cp949", "ksc5601": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "iso-2022-jp": "iso2022_jp_ext", "big5": "cp950",
    "x-big5": "cp950", "cn-big5": "cp950", "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8", "x-utf-8": "utf-8", "macintosh": "mac_roman", "x-mac-roman": "mac_roman",
    "x-mac-ce": "mac_latin2", "ibm852": "cp852", "x-cp1252": "cp1252", "x-cp1250": "cp1250",
    "ansi": "cp1252", "win-1250": "cp1250", "win-1252": "cp1252",
}  # fmt: skip
NAMES_NOTHING = set(
    """
    unknown-8bit x-unknown unknown 8bit 7bit binary none default default_charset us-ascii ascii
    ansi_x3.4-1968 x-user-defined iso-10646 utf-16 utf16 unicode x-unicode
    """.split()
) | {""}
# Codecs of Python that are no charset of any mail, or whose cost grows with the square of the text.
NOT_FOR_MAIL = {
    "idna",
    "punycode",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
    "mbcs",
    "oem",
    "charmap",
}
WESTERN = {"cp1252", "cp1254", "iso8859-15", "mac-roman"}
MARKED = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
WEST = set("åäöÅÄÖéÉèüÜßñçàáíúâêîôûøæØÆëïãõ")
MARKS = set("’‘“”„–—…•€§°´·«»©®™½¿¡£\xa0")


def decode(data: bytes, label: str | None) -> tuple[str, str | None]:
    """The text of bytes under a charset label, and the code of what was wrong with the label, if anything.

    Codes: ``charset-unknown``, ``charset-wrong``, ``charset-missing`` (eight-bit bytes without a label).
    """
    if (
        data.isascii()
        and b"\x1b" not in data
        and b"~{" not in data
        and b"+" not in data
        and b"\0" not in data
    ):
        return data.decode("ascii"), None
    name = codec(label)
    if name is None:
        told = (label or "").strip().strip("\"'").lower()
        text = detect(data)
        missing = None if data.isascii() else "charset-missing"
        return text, missing if told in NAMES_NOTHING else "charset-unknown"
    if name in WESTERN and _is_utf8(data):
        return data.decode("utf-8"), "charset-wrong"
    try:
        return _strip_mark(data.decode(name)), None
    except UnicodeDecodeError as wrong:
        return _under_a_wrong_label(data, name, wrong)
    except (LookupError, ValueError):
        return detect(data), "charset-unknown"


def codec(label: str | None) -> str | None:
    """The codec for a label as Python names it; None where the label says nothing or nothing known."""
    wanted = re.sub(r"\s", "", label or "").strip("\"'<>").partition("*")[0].lower()
    if wanted in NAMES_NOTHING:
        return None
    for name in (WIDER.get(wanted, wanted), re.sub(r"^(?:x-|cs|charset=)", "", wanted).replace("_", "-")):
        try:
            known = codecs.lookup(WIDER.get(name, name)).name
            b"a".decode(known)
        except (LookupError, ValueError, UnicodeError):
            continue
        return None if known.replace("_", "-") in NOT_FOR_MAIL else known
    return None


def _under_a_wrong_label(data: bytes, name: str, wrong: UnicodeDecodeError) -> tuple[str, str]:
    damaged = data.decode(name, "replace")
    faults = damaged.count("\ufffd")
    if wrong.end >= len(data) - 3 and faults <= 1:  # cut in the middle of a character
        return damaged, "charset-damaged"
    high = sum(byte > 127 for byte in data[:20_000])
    if name != "utf-8" and faults * 10 <= high:
        return damaged, "charset-damaged"
    if name == "utf-8" and faults * 20 <= high:
        return damaged, "charset-damaged"
    return detect(data), "charset-wrong"


def detect(data: bytes) -> str:
    """The text of bytes without a label: UTF-8 where it fits, else what reads best of a few old charsets."""
    for mark, name in MARKED.items():
        if data.startswith(mark):
            return _strip_mark(data.decode(name, "replace"))
    if b"\x1b$" in data or b"\x1b(J" in data:
        return data.decode("iso2022_jp_ext", "replace")
    if (wide := _wide(data)) is not None:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_old(data), "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    zeros, sample = data[:400].count(0), len(data[:400])
    if sample < 4 or zeros * 3 < sample:
        return None
    return "utf-16-le" if data[1:400:2].count(0) >= data[:400:2].count(0) else "utf-16-be"


def _old(data: bytes) -> str:
    sample = data[:50_000]
    if _reads_as_chinese(sample):
        return "gb18030"
    scores = {name: _reads(sample.decode(name, "replace")) for name in ("cp1252", "cp1250", "iso8859-2")}
    return max(scores, key=lambda name: scores[name])  # the first of equals


def _reads_as_chinese(data: bytes) -> bool:
    """Whether the high bytes are pairs, frequent characters of GB 2312 (Western ones stand alone)."""
    runs = re.findall(rb"[\x80-\xff]+", data)
    high = sum(map(len, runs))
    pairs = sum(
        len(re.findall(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]", run)) * 2 for run in runs if len(run) % 2 == 0
    )
    hanzi = sum(len(re.findall(rb"[\xb0-\xd7][\xa1-\xfe]", run)) for run in runs if len(run) % 2 == 0)
    return hanzi >= 2 and pairs >= 0.85 * high and max(map(len, runs)) >= 4


def _reads(text: str) -> float:
    score = 0.0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        sign = found.group()
        around = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
        if sign in POLISH or sign in WEST:
            score += 1
        elif sign in MARKS and not (len(around) == 2 and around.isalpha() and sign not in "’´"):
            score += 0.5
        else:
            score -= 1
    return score


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strip_mark(text: str) -> str:
    return text.removeprefix("\ufeff")
