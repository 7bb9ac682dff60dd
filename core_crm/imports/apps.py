from importlib import import_module

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "core_crm.imports"
    label = "core_imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core_crm.common.personal_holders import register_holder
        from core_crm.imports.services.personal import PersonalImports

        import_module("core_crm.imports.jobs")
        register_holder(PersonalImports())
