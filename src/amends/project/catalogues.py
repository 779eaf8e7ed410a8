"""Compiling the message catalogues (.po, kept in git) into what gettext reads (.mo, made here).

Imports nothing of Django or of Amends, so that the build of the wheel can use this file by itself.
"""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Compile every catalogue that is newer than its .mo; returns what was written.

    Takes a few microseconds when all is fresh, so every start of the program calls it. Safe when several
    processes start at once: a reader sees the old file or the new one, whole.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    for message in list(catalogue):  # an empty plural would be shown as nothing instead of in English
        if message.id and not all(
            [message.string] if isinstance(message.string, str) else message.string or [""]
        ):
            catalogue.delete(message.id, message.context)
    handle, part = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as out:
        write_mo(out, catalogue)
    Path(part).chmod(0o644)
    Path(part).replace(target)
