"""Reads for the ministry's pages. Each enters the login role `ministry` by itself.

A page that asks several wraps them in one `with serving_ministry():` and saves the going in and
out. Nothing else (session, account) can be read inside it: that role has no right to them.
"""

from core_crm.national_reports.selectors.cells import published_cells, region_cells, region_crumbs
from core_crm.national_reports.selectors.regions import (
    complete_until,
    data_time,
    months,
    regions,
    submissions,
)
from core_crm.national_reports.selectors.trend import trend
from core_crm.national_reports.selectors.values import national_value, region_values

__all__ = [
    "complete_until",
    "data_time",
    "months",
    "national_value",
    "published_cells",
    "region_cells",
    "region_crumbs",
    "region_values",
    "regions",
    "submissions",
    "trend",
]
