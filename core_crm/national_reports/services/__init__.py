"""What is done for the ministry: publishing, and attacking what was published."""

from core_crm.national_reports.services.attacking import national_attack
from core_crm.national_reports.services.refreshing import national_refresh

__all__ = ["national_attack", "national_refresh"]
