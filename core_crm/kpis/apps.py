from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "core_crm.kpis"
    label = "core_kpis"
