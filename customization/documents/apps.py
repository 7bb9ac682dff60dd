from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "customization.documents"
    label = "custom_documents"
    verbose_name = "기준 문서"
