from django.apps import AppConfig

from amends.project.catalogues import compile_stale


class ProjectConfig(AppConfig):
    name = "amends.project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Compile catalogues that changed: in a working copy nobody should have to think of it."""
        compile_stale()
