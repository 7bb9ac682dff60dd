"""What is done for the ministry: publishing, and attacking what was published."""

from core_crm.national_reports.services.refreshing import national_refresh

__all__ = ["national_refresh"]
