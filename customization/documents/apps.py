from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "customization.documents"
    label = "custom_documents"
    verbose_name = "기준 문서"

    def ready(self) -> None:
        from customization.documents.jobs import overlay_step
        from tenants.provisioning import register_step

        register_step("documents.overlay", overlay_step, order=15)
