from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "amends.desk"
    default_auto_field = "django.db.models.BigAutoField"
