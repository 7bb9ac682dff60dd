from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "core_crm.staff"
    label = "core_staff"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "조직과 직원"

    def ready(self) -> None:
        from core_crm.staff.services import organisation_load_standard
        from tenants.provisioning import register_step

        register_step("staff.organisation", organisation_load_standard, order=10)
