from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "amends.kit"
    default_auto_field = "django.db.models.BigAutoField"
