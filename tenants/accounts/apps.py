from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tenants.accounts"
    label = "tenants_accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "계정"
