from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "core_crm.segments"
    label = "core_segments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "세그먼트"

    def ready(self) -> None:
        from core_crm.common.personal_holders import register_holder
        from core_crm.segments.services.personal import PersonalSegments

        register_holder(PersonalSegments())
