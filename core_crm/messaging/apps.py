from importlib import import_module

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "core_crm.messaging"
    label = "core_messaging"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "메시지"

    def ready(self) -> None:
        import_module("core_crm.messaging.jobs")  # declares the job that queueing enqueues
