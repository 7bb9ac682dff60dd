from importlib import import_module

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "core_crm.common"
    label = "core_common"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("core_crm.common.jobs")  # declares the relay that recording enqueues
