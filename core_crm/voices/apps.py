from importlib import import_module

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "core_crm.voices"
    label = "core_voices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "고객의 소리"

    def ready(self) -> None:
        from core_crm.common.personal_holders import register_holder
        from core_crm.staff.services import register_work_holder
        from core_crm.voices.services import VoicesHeld, catalogue_load_standard
        from core_crm.voices.services.personal import PersonalVoices
        from core_crm.voices.services.requested_actions import register_own_actions
        from tenants.provisioning import register_step

        import_module("core_crm.voices.jobs")
        register_work_holder(VoicesHeld())
        register_own_actions()
        register_step(
            "voices.catalogue",
            catalogue_load_standard,
            order=20,
            label_ko="민원분류와 담당 채우기",
            label_en="Fill in categories and who answers them",
        )
        register_holder(PersonalVoices())
