from importlib import import_module

from django.apps import AppConfig

KINDS = (
    "tenants.provisioning.opening",
    "tenants.provisioning.archive.operations",
    "tenants.provisioning.waves",
)
"""Modules that declare the steps of a kind of operation when they are imported."""


class TenantsConfig(AppConfig):
    name = "tenants"
    label = "tenants"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "시·도"

    def ready(self) -> None:
        """Every process knows the kinds of operation: those that ask show their steps, too."""
        for module in KINDS:
            import_module(module)
