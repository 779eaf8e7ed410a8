"""How much of one message is looked at, so that no message can hold the program up."""

from dataclasses import dataclass, field

DEPTH = 24  # multiparts within multiparts
PARTS = 500
LINES = 200_000  # lines that look like a boundary, in all multiparts together
HEADER = 4_000_000  # bytes of one header
HEADERS = 2_000  # fields in one header
FIELD = 100_000  # bytes of one field
ADDRESSES = 1_000  # in one field
TEXT = 2_000_000  # characters of text read from one message
HTML = 1_000_000  # characters of HTML that are cleaned
TAGS = 20_000  # tags in HTML that is cleaned: deeper nesting costs the cleaner its square
ENTITIES = 200_000  # “&” in HTML that is cleaned
INSIDE = 200  # files taken out of a winmail.dat or out of uuencoded text


@dataclass
class Notes:
    """What was odd about a message, in short codes, each once; and what may still be looked at."""

    codes: list[str] = field(default_factory=list)
    parts: int = PARTS
    lines: int = LINES
    text: int = TEXT

    def add(self, code: str) -> None:
        """Note a code, unless it stands there already."""
        if code not in self.codes:
            self.codes.append(code)

    def take(self, text: str) -> str:
        """As much of a text as may still be read."""
        if len(text) > self.text:
            self.add("text-cut")
            text = text[: self.text]
        self.text -= len(text)
        return text
