from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "customization.documents"
    label = "custom_documents"
    verbose_name = "기준 문서"

    def ready(self) -> None:
        from customization.documents.jobs import overlay_step
        from customization.documents.portable import archived
        from tenants.provisioning import register_step
        from tenants.provisioning.archive.configuration import register_configuration

        register_step(
            "documents.overlay",
            overlay_step,
            order=15,
            label_ko="우리 시·도 맞춤 적용",
            label_en="Publish the government's own documents",
        )
        register_configuration(archived)
