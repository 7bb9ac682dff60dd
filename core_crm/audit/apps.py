from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "core_crm.audit"
    label = "core_audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core_crm.audit.services.personal import PersonalAccessLog
        from core_crm.common.personal_holders import register_holder

        import_module("core_crm.audit.jobs")
        register_holder(PersonalAccessLog())
