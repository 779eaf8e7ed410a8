"""How fast mail becomes complaints in one process: python -m bench.inbound [MESSAGES]

A day's mixed mail, made beforehand: complaints in five languages, a fifth with a file, answers of customers,
bounces, automatic answers, lists. Each message is kept on the disk and taken in, on a SQLite of its own:
one after the other, then two at a time, as the house's own door does. Beside it what the machine can do at
all: the same bytes written and flushed, and a row committed for each.
"""

import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

WORDS = {
    "en": "The kettle which I bought in your shop has been leaking since the first day and nobody answers.",
    "sv": "Vattenkokaren som jag köpte i er butik har läckt sedan första dagen och ingen svarar mig.",
    "pl": "Czajnik, który kupiłam w Państwa sklepie, przecieka od pierwszego dnia i nikt nie odpowiada.",
    "ms": "Cerek yang saya beli di kedai anda telah bocor sejak hari pertama dan tiada siapa menjawab.",
    "zh": "我在你们店里买的水壶从第一天起就漏水，我写信给你们，但是没有人回复我。",
}
HOUSE = "complaints@house.example"


def main(count: int) -> None:
    """Print messages a second and what became of them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "amends.project.settings",
            "AMENDS_DATA_DIR": folder,
            "AMENDS_MAIL_FROM": HOUSE,
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        random.seed(1)
        for number in range(50):
            _take(_complaint(number))
        for at_once in (1, 2):
            _measure(list(_mixed(count, at_once * 100_000)), at_once, Path(folder))


def _measure(messages: list[bytes], at_once: int, folder: Path) -> None:
    from django.db import connections

    count = len(messages)
    with ThreadPoolExecutor(at_once, initializer=connections.close_all) as pool:
        list(pool.map(_take, [_complaint(at_once * 1_000 + n) for n in range(at_once)]))  # connections open
        began, cpu = time.perf_counter(), time.process_time()
        became = Counter(pool.map(_take, messages))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
    bare = _bare(messages, folder / f"bare{at_once}")
    size = sum(map(len, messages)) / count / 1000
    print(f"{count} messages of {size:.0f} kB, {at_once} at a time: {count / took:.0f}/s", end="")
    print(f" ({took / count * 1000:.1f} ms each, of them {cpu / count * 1000:.1f} ms of processor)")
    print("  " + ", ".join(f"{what} {number}" for what, number in became.most_common()))
    print(f"  bytes flushed and a row committed, nothing else: {count / bare:.0f}/s; ratio {took / bare:.1f}")


def _take(raw: bytes) -> str:
    """What became of a message that just came."""
    from amends.correspondence.arrivals import arrive, take_in
    from amends.kit.clock import now

    arrival = take_in(arrive(raw, source="bench", at=now()), at=now())
    return f"{arrival.state} {arrival.auto or arrival.why_unclear}".strip()


def _bare(messages: list[bytes], folder: Path) -> float:
    """Seconds to write and flush the same bytes, and to commit a row of each to a table of the same kind."""
    folder.mkdir()
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, size INTEGER, at TEXT)")
    began = time.perf_counter()
    for number, raw in enumerate(messages):
        with (folder / str(number)).open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        database.execute("INSERT INTO kept (size, at) VALUES (?, ?)", (len(raw), "2026-11-22"))
    return time.perf_counter() - began


def _mixed(count: int, start: int) -> Iterator[bytes]:
    """Fourteen in twenty a new complaint; three answers, a bounce, an automatic answer, a mailing list."""
    from amends.cases.models import Complaint

    answered = list(Complaint.objects.select_related("customer")[:50])
    for number in range(start, start + count):
        case, kind = answered[number % len(answered)], number % 20
        if kind < 14:
            yield _complaint(number)
        elif kind < 17:
            text = f"{WORDS['en']}\n\nOn Monday the house wrote:\n> {WORDS['en']}\n> {WORDS['en']}"
            sender = f"{case.customer.name} <{case.customer.email}>"
            yield _mail(number, sender, f"Re: Your complaint {case.reference}", text).as_bytes()
        elif kind == 17:
            yield _bounce(number)
        elif kind == 18:
            away = _mail(number, "a@away.example", "Automatic reply: kettle", "Away until Monday.")
            away["Auto-Submitted"] = "auto-replied"
            yield away.as_bytes()
        else:
            news = _mail(number, "n@news.example", "News", WORDS["en"] * 20)
            news["List-Id"] = "<n.news.example>"
            yield news.as_bytes()


def _complaint(number: int) -> bytes:
    text = "\n\n".join([WORDS[list(WORDS)[number % 5]]] * 6) + f"\n\nInvoice {number}\n"
    message = _mail(number, f"Customer {number} <c{number}@example.org>", f"Kettle {number}", text)
    if number % 5 == 0:
        bill = b"%PDF-1.4\n" + random.randbytes(30_000)
        message.add_attachment(bill, maintype="application", subtype="pdf", filename="invoice.pdf")
    return message.as_bytes()


def _mail(number: int, sender: str, subject: str, text: str) -> EmailMessage:
    """As mail programs make it: plain and HTML, and the lines of the servers on its way."""
    message, date = EmailMessage(), "Mon, 2 Mar 2026 10:00:00 +0100"
    for hop in range(4):
        message["Received"] = f"from mx{hop}.example.org (10.0.0.{hop}) by mx{hop + 1}.example.org; {date}"
    message["From"], message["To"], message["Subject"] = sender, HOUSE, subject
    message["Message-ID"], message["Date"] = f"<{number}.{random.random()}@example.org>", date
    message.set_content(text)
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    message.add_alternative(f"<html><body>{lines}</body></html>", subtype="html")
    return message


def _bounce(number: int) -> bytes:
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {HOUSE}\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\nMIME-Version: 1.0\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; c{number}@example.org\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n--b\nContent-Type: message/rfc822\n\n"
        f"Message-ID: <{number}@{HOUSE.partition('@')[2]}>\nSubject: Your kettle\n\nWords\n--b--\n"
    ).encode()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
