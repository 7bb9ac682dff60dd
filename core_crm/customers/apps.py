from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "core_crm.customers"
    label = "core_customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core_crm.audit.selectors import alert_rule_register
        from core_crm.common.personal_holders import register_holder
        from core_crm.customers.selectors.own_name import CODE, own_name
        from core_crm.customers.services.intake_citizens import CitizenRows
        from core_crm.customers.services.intake_organisations import OrganisationRows
        from core_crm.customers.services.intake_participations import ParticipationRows
        from core_crm.customers.services.personal import PersonalCustomers
        from core_crm.imports.selectors import register_row_kind

        register_row_kind(CitizenRows())
        register_row_kind(OrganisationRows())
        register_row_kind(ParticipationRows())
        alert_rule_register(CODE, own_name)
        import_module("core_crm.customers.receivers")  # listens to imports
        register_holder(PersonalCustomers())
