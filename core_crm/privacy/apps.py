from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "core_crm.privacy"
    label = "core_privacy"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "개인정보"

    def ready(self) -> None:
        import_module("core_crm.privacy.jobs")
