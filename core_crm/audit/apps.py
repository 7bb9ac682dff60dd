from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "core_crm.audit"
    label = "core_audit"
    default_auto_field = "django.db.models.BigAutoField"
