from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "core_crm.surveys"
    label = "core_surveys"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "만족도 조사"

    def ready(self) -> None:
        import_module("core_crm.surveys.receivers")  # listens to closings
