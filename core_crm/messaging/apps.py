from importlib import import_module

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "core_crm.messaging"
    label = "core_messaging"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "메시지"

    def ready(self) -> None:
        from core_crm.common.personal_holders import register_holder
        from core_crm.messaging.services.personal import PersonalMessages

        import_module("core_crm.messaging.jobs")  # declares the job that queueing enqueues
        register_holder(PersonalMessages())
