from importlib import import_module

from django.apps import AppConfig

KINDS = ("tenants.provisioning.opening",)
"""Modules whose `register()` declares the steps of a kind of operation."""


class TenantsConfig(AppConfig):
    name = "tenants"
    label = "tenants"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "시·도"

    def ready(self) -> None:
        for name in KINDS:
            import_module(name).register()
