import pytest


@pytest.fixture(autouse=True)
def address_of_the_house(settings: object) -> None:
    settings.DEFAULT_FROM_EMAIL = "Our house <complaints@house.example>"  # type: ignore[attr-defined]
    settings.LANGUAGE_CODE = "sv"  # type: ignore[attr-defined]
    settings.AMENDS_MAIL_REPLY_TO = "complaints+{token}@house.example"  # type: ignore[attr-defined]
