from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "amends.correspondence"
    default_auto_field = "django.db.models.BigAutoField"
