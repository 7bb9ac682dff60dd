from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "core_crm.common"
    label = "core_common"
    default_auto_field = "django.db.models.BigAutoField"
