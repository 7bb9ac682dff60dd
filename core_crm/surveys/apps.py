from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "core_crm.surveys"
    label = "core_surveys"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "만족도 조사"

    def ready(self) -> None:
        from core_crm.common.personal_holders import register_holder
        from core_crm.surveys.services import survey_invite_by_step
        from core_crm.surveys.services.personal import PersonalSurveys
        from core_crm.voices.services.requested import register_action

        import_module("core_crm.surveys.receivers")  # listens to closings
        register_action("invite_survey", survey_invite_by_step)
        register_holder(PersonalSurveys())
