from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "amends.portal"
    default_auto_field = "django.db.models.BigAutoField"
