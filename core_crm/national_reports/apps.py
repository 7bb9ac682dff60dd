from django.apps import AppConfig


class NationalReportsConfig(AppConfig):
    name = "core_crm.national_reports"
    label = "core_national_reports"
