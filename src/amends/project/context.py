from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, str]:
    """What every page knows: the name of the house."""
    return {"house_name": settings.AMENDS_HOUSE_NAME}
