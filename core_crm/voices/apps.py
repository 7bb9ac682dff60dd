from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "core_crm.voices"
    label = "core_voices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "고객의 소리"
