from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "core_crm.files"
    label = "core_files"
    default_auto_field = "django.db.models.BigAutoField"
