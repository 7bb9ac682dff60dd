from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "core_crm.staff"
    label = "core_staff"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "조직과 직원"

    def ready(self) -> None:
        from core_crm.staff.services import first_admin_step, organisation_load_standard
        from tenants.provisioning import register_step, register_step_as_told

        register_step(
            "staff.organisation",
            organisation_load_standard,
            order=10,
            label_ko="조직도 채우기",
            label_en="Fill in the organisation",
        )
        register_step_as_told(
            "staff.admin",
            first_admin_step,
            order=90,
            label_ko="첫 관리자 초대",
            label_en="Invite the first administrator",
        )
