from django.apps import AppConfig


class CustomizationConfig(AppConfig):
    name = "customization"
    label = "customization"
    verbose_name = "시·도별 설정"

    def ready(self) -> None:
        from customization.registry.store import known_plugins

        known_plugins()
