from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "core_crm.files"
    label = "core_files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("core_crm.files.jobs")
