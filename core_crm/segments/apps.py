from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "core_crm.segments"
    label = "core_segments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "세그먼트"
