from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "customization.registry"
    label = "custom_registry"
    verbose_name = "플러그인"
