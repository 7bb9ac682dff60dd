from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "core_crm.audit"
    label = "core_audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("core_crm.audit.jobs")
