from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "core_crm.customers"
    label = "core_customers"
    default_auto_field = "django.db.models.BigAutoField"
