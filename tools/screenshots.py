"""`make screenshots`: the main pages of the demonstration house as pictures in docs/screenshots.

Starts a house of its own in a temporary folder, signs in through the printed link, and looks at each page
in a real browser, wide and on a phone, light and dark.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import browser

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
WIDE, PHONE = (1280, 860), (360, 740)
SIGHTS: tuple[tuple[tuple[int, int], Literal["light", "dark"]], ...] = (
    (WIDE, "light"),
    (WIDE, "dark"),
    (PHONE, "light"),
    (PHONE, "dark"),
)


@contextlib.contextmanager
def house(folder: str) -> Iterator[tuple[str, str]]:
    """A demonstration house that answers; yields its address and the one-time sign-in link."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    address = f"http://localhost:{port}"
    environment = os.environ | {
        "AMENDS_DATA_DIR": folder, "AMENDS_BASE_URL": address, "AMENDS_HOUSE_NAME": "Northlight Home"
    }  # fmt: skip
    command = [str(Path(sys.executable).parent / "amends"), "serve", "--demo", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout
        link = next(
            m.group() for line in process.stdout if (m := re.search(r"http\S+/sign-in/link/\S+", line))
        )
        yield address, link
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def visit(page: Page, address: str) -> dict[str, str]:
    """The addresses worth a picture: one complaint with an offer, its customer's link, the fixed pages."""
    page.goto(f"{address}/complaints?show=decided")
    complaint = page.locator(".row-what a").first.get_attribute("href") or ""
    page.goto(f"{address}/complaints?show=offered")
    page.locator(".row-what a").first.click()
    link = page.locator("input[readonly]").first.input_value()
    return {
        "today": f"{address}/",
        "complaint": address + complaint,
        "register": f"{address}/complaints/new",
        "complaints": f"{address}/complaints",
        "customer": link,
        "complain": f"{address}/complain?lang=en",
        "api": f"{address}/api/v1/docs",
    }


def shoot(launched: Browser, address: str, link: str) -> None:
    """Every page, wide and narrow, light and dark."""
    first = launched.new_context(locale="en")
    page = first.new_page()
    page.goto(link)
    page.locator("main button").first.click()
    page.wait_for_url(f"{address}/")
    state, places = first.storage_state(), visit(page, address)
    for size, scheme in SIGHTS:
        context = launched.new_context(
            storage_state=state,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale="en",
        )
        page = context.new_page()
        for name, place in places.items():
            page.goto(place)
            wide = "wide" if size == WIDE else "phone"
            ending = "" if (wide, scheme) == ("wide", "light") else f"-{wide}-{scheme}"
            page.screenshot(path=TARGET / f"{name}{ending}.png")
        context.close()


def main() -> int:
    """Make all pictures anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        house(folder) as (address, link),
        sync_playwright() as playwright,
    ):
        launched = playwright.chromium.launch(
            executable_path=browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        shoot(launched, address, link)
        launched.close()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
