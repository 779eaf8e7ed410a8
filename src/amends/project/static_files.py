"""Style sheets and scripts, gathered once per version into the data folder, where whitenoise serves them."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".gathered"
_PACKAGES = ("amends", "django", "django-htmx", "whitenoise")


def gather_static_files() -> bool:
    """Gather the static files unless those in the data folder are of this very content. Whether it did."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)
    return True


def fingerprint() -> str:
    """A digest over every file that would be gathered, its name, and the versions of what gathers them."""
    hashed = sha256(" ".join(f"{package}={version(package)}" for package in _PACKAGES).encode())
    for name, path in sorted(_sources()):
        hashed.update(name.encode() + b"\0" + Path(path).read_bytes() + b"\0")
    return hashed.hexdigest()


def _sources() -> list[tuple[str, str]]:
    return [
        (name, storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=[])
    ]
