"""A house that really runs (`amends serve` on loopback) and people with a browser each.

Every page that a person comes to is held against axe (WCAG 2.2 AA), must not scroll sideways, and must
not write an error to the browser's console.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import browser as browser_path

AMENDS = Path(sys.executable).parent / "amends"
BLAMED = ("serious", "critical")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the journeys are skipped, and say so."""
    here = Path(__file__).parent
    if browser_path() is None:
        for item in items:
            if here in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no browser (Chromium) was found"))


class House:
    """A running program with an empty database of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.folder = folder
        self.url = f"http://localhost:{self.port}"
        self.environment = os.environ | {
            "AMENDS_DATA_DIR": str(folder), "AMENDS_BASE_URL": self.url, "AMENDS_MAIL_URL": "file",
            "AMENDS_TIME_ZONE": "Europe/Stockholm", "AMENDS_WEB_WORKERS": "1",
        }  # fmt: skip
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def run(self, *arguments: str) -> str:
        """One `amends` command; what it printed."""
        done = subprocess.run(
            [AMENDS, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Within the block the house answers."""
        log = (self.folder / "serve.log").open("wb")
        process = subprocess.Popen(
            [AMENDS, "serve", "--port", str(self.port)], env=self.environment, stdout=log, stderr=log
        )
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{self.url}/healthz", timeout=2).read()  # noqa: S310
                    break
                time.sleep(0.1)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)

    def newcomer(self, name: str, role: str, department: str) -> str:
        """Add a member of staff; their one-time sign-in link."""
        email = name.split(maxsplit=1)[0].lower() + "@house.example"
        out = self.run(
            "createuser", "--name", name, "--email", email, "--role", role, "--department", department
        )
        return out.split()[-1]

    def mail_to(self, address: str, about: str, seconds: float = 20) -> str:
        """The text of the newest mail to ``address`` whose text or subject holds ``about``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for path in sorted((self.folder / "mail").glob("*"), key=lambda p: -p.stat().st_mtime):
                for raw in path.read_bytes().split(b"-" * 79):
                    mail = message_from_bytes(raw.strip(), policy=policy.default)
                    body = mail.get_body(("plain",))
                    text = f"{mail['Subject']}\n{body.get_content()}" if mail["To"] and body else ""
                    if address in str(mail["To"]) and about in text:
                        return text
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} about {about}")


class Person:
    """Somebody at a browser. ``look`` holds the page they see against what every page owes them."""

    def __init__(
        self,
        browser: Browser,
        *,
        width: int = 1280,
        dark: bool = False,
        language: str = "en",
        scripts: bool = True,
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=scripts,
        )
        self.scripts = scripts
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self._heard(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def _heard(self, error: str) -> None:
        # A page that comes back with a sentence has one of these statuses: no fault of the page.
        if not re.search(r"status of 4(01|09|13|15|22) |Status Error Code 401 ", error):
            self.complaints.append(error)

    def goto(self, url: str) -> None:
        """Open an address and look."""
        self.page.goto(url)
        self.look()

    def press(self, name: str) -> None:
        """Press the button with these words and look at what comes."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, name: str) -> None:
        """Follow the link with these words and look at what comes."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def write(self, **fields: str) -> None:
        """Fill in fields by the words of their labels (underscores stand for spaces)."""
        for label, value in fields.items():
            self.page.get_by_label(re.compile("^" + label.replace("_", " "))).first.fill(value)

    def choose(self, name: str, words: str) -> None:
        """Choose the option of a list that begins with these words."""
        box = self.page.locator(f"select[name={name}]")
        option = box.locator("option", has_text=re.compile("^" + re.escape(words))).first
        box.select_option(option.get_attribute("value"))

    def sees(self, text: str) -> None:
        """The page says this somewhere."""
        assert text in self.page.locator("body").inner_text(), f"“{text}” is not on {self.page.url}"

    def look(self) -> None:
        """No serious fault for who cannot see well, no sideways scrolling, nothing in the console."""
        if not self.scripts:  # axe is one
            return
        found = [
            f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes'][:3]]}"
            for v in Axe().run(self.page).response["violations"]
            if v["impact"] in BLAMED
        ]
        assert not found, f"{self.page.url}: {found}"
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{self.page.url} is {wider} px too wide"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"


def signed_in(browser: Browser, running: House, name: str, role: str, department: str, **how: Any) -> Person:
    """A new member of staff at a browser of their own, signed in through their one-time link."""
    person = Person(browser, **how)
    person.goto(running.newcomer(name, role, department))
    person.press("Sign in")
    assert person.page.url == f"{running.url}/"
    return person


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a file of journeys: its event loop must end before a test of Django's begins."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=browser_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    with house.serving():
        yield house
    shutil.rmtree(house.folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_follows() -> None:
    """Here everything follows: the house runs in processes of its own."""


@pytest.fixture(autouse=True)
def own_data_dir() -> None:
    """The house of the journeys has its own folder."""
