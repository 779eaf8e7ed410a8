"""How fast letters are set in one warm process: python -m bench.letters [LETTERS]

Prints letters a second and milliseconds a letter for each language, and the time for one file of many.
"""

import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

TEXT, MERGED = "decision-upheld", 500


def main(letters: int) -> None:
    """Set ``letters`` letters a language one by one, then ``MERGED`` in one file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
    import django

    django.setup()
    from amends.correspondence.letters.case_file import read_case_file
    from amends.correspondence.letters.layouts import Paper
    from amends.correspondence.letters.letter import letter_data
    from amends.correspondence.letters.setting import set_pdf
    from amends.people.languages import LANGUAGES
    from tests.correspondence.letters.cases import whole_case

    def data(language: str, number: int) -> dict[str, object]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "case.json"
            whole = whole_case(
                language, reference=f"2026-{number:06}", link=f"https://house.example/c/{number:08}"
            )
            path.write_text(json.dumps(whole), "utf-8")
            case = read_case_file(path, house="House", today=date(2026, 11, 22))
        return letter_data(case, language, TEXT, layout=None, paper=Paper.A4, window=None)

    began = time.perf_counter()
    set_pdf([data("en", 0)])
    print(f"first letter of the process: {(time.perf_counter() - began) * 1000:.0f} ms")
    for language, _name in LANGUAGES:
        set_pdf([data(language, 0)])
        began = time.perf_counter()
        for number in range(letters):
            set_pdf([data(language, number)])
        each = (time.perf_counter() - began) / letters
        print(f"{language:8} {1 / each:6.0f} letters/s {each * 1000:6.1f} ms")
    many = [data("en", number) for number in range(MERGED)]
    began = time.perf_counter()
    size = len(set_pdf(many))
    print(f"{MERGED} letters in one file: {time.perf_counter() - began:.1f} s, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
