from django.apps import AppConfig


class CustomizationConfig(AppConfig):
    name = "customization"
    label = "customization"
    verbose_name = "시·도별 설정"

    def ready(self) -> None:
        from customization.registry.compatibility import plugin_objection
        from customization.registry.store import known_plugins
        from tenants.provisioning.guards import register_guard

        known_plugins()
        register_guard("plugins", plugin_objection)
