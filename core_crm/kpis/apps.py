from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "core_crm.kpis"
    label = "core_kpis"
    verbose_name = "성과지표"

    def ready(self) -> None:
        import_module("core_crm.kpis.receivers")  # listens to voices and surveys
