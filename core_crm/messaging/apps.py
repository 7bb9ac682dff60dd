from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "core_crm.messaging"
    label = "core_messaging"
    default_auto_field = "django.db.models.BigAutoField"
