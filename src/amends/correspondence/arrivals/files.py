"""The files of a mail, checked as uploads are. What is not taken stays in the mail itself, and is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.cases.documents import KINDS, NotAccepted, accept_bytes, clean_name
from amends.cases.models import Document
from amends.correspondence.arrivals.reading import Read
from amends.correspondence.incoming.bodies import Attachment
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.mime import Part

MOST = 50  # files of one mail
SMALL = 2_000  # bytes: pictures in the text below it are dots that count readers, lines and signs
_ENDINGS = {media_type: ending for ending, (media_type, _) in reversed(KINDS.items())}


@dataclass(frozen=True)
class Files:
    """What was taken, put away but on no case yet; and of the rest ``why`` and name."""

    documents: list[Document] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """For ``Arrival.problems``: ``file:large:film.mov``; see ``refused_files``."""
        return [f"file:{one}" for one in self.refused]


def files_of(read: Read) -> Files:
    """Check the files of a mail, pictures in its text among them, and put away those that are taken."""
    found = Files()
    for file in _files(read):
        name = clean_name(_named(file))
        if len(found.documents) >= MOST:
            found.refused.append(f"many:{name}")
            continue
        try:
            found.documents.append(accept_bytes(name, file.data))
        except NotAccepted as not_taken:
            found.refused.append(f"{not_taken.code}:{name}")
    return found


def refused_files(problems: list[str]) -> list[tuple[str, str]]:
    """Of each file that was not taken, why (large, empty, kind, disguised, many) and its name."""
    told = (problem.split(":", 2) for problem in problems if problem.startswith("file:"))
    return [(why, name) for _, why, name in told]


def _files(read: Read) -> Iterator[Attachment]:
    html = read.said.html or ""
    pictures = list(_pictures(read.root)) if "<img" in html or "cid:" in html else []
    small = [one.data for one in pictures if len(one.data) < SMALL]
    yield from (file for file in read.said.attachments if file.data not in small)
    told = [file.data for file in read.said.attachments]
    yield from (one for one in pictures if len(one.data) >= SMALL and one.data not in told)


def _pictures(root: Part) -> Iterator[Attachment]:
    """The pictures that stand in the text."""
    for part in root.leaves():
        shown = part.header.first("content-id") or part.disposition == "inline"
        if part.type.startswith("image/") and shown and part.disposition != "attachment":
            yield Attachment(part.filename, part.type, part.content(Notes()))


def _named(file: Attachment) -> str:
    """Its name; with the ending that its type asks for, where there is none."""
    stem, dot, ending = file.name.rpartition(".")
    if file.type == "message/rfc822" and ending.lower() != "eml":
        return f"{file.name or 'message'}.eml"
    if (dot and stem and 1 <= len(ending) <= 5) or file.type not in _ENDINGS:
        return file.name or "file"
    plain = "picture" if file.type.startswith("image/") else "file"
    return f"{file.name or plain}.{_ENDINGS[file.type]}"
