"""Reads of facts and indicators."""

from core_crm.kpis.selectors.dirty import facts_are_dirty
from core_crm.kpis.selectors.facts import bureau_options, facts_computed_at, kpi_years
from core_crm.kpis.selectors.grid import kpi_grid
from core_crm.kpis.selectors.indicators import indicator_get, indicator_list

__all__ = [
    "bureau_options",
    "facts_are_dirty",
    "facts_computed_at",
    "indicator_get",
    "indicator_list",
    "kpi_grid",
    "kpi_years",
]
