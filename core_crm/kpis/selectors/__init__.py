"""Reads of facts, indicators, contracts and scores."""

from core_crm.kpis.selectors.added import measure_fault, measures_added, measures_wrong
from core_crm.kpis.selectors.contracts import contract_get, contract_list
from core_crm.kpis.selectors.dirty import facts_are_dirty
from core_crm.kpis.selectors.facts import bureau_options, facts_computed_at, kpi_years
from core_crm.kpis.selectors.grid import kpi_grid
from core_crm.kpis.selectors.indicators import indicator_get, indicator_list, indicator_of
from core_crm.kpis.selectors.reorganised import months_of_departments
from core_crm.kpis.selectors.samples import measures_of_city
from core_crm.kpis.selectors.scores import contract_items, items_of, score_sheet, sheet_of

__all__ = [
    "bureau_options",
    "contract_get",
    "contract_items",
    "contract_list",
    "facts_are_dirty",
    "facts_computed_at",
    "indicator_get",
    "indicator_list",
    "indicator_of",
    "items_of",
    "kpi_grid",
    "kpi_years",
    "measure_fault",
    "measures_added",
    "measures_of_city",
    "measures_wrong",
    "months_of_departments",
    "score_sheet",
    "sheet_of",
]
