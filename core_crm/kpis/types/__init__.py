"""What others may hold of the kpis room: measures, indicators, the monthly grid, a refresh."""

from core_crm.kpis.types.grid import Cell, CellState, Grid, GridRow, Level
from core_crm.kpis.types.indicators import Direction, Indicator, KpiDefinition, KpiSource
from core_crm.kpis.types.measures import MEASURES, NO_MEASURES, Measures, Slice
from core_crm.kpis.types.refreshed import FactsRefreshed

__all__ = [
    "MEASURES",
    "NO_MEASURES",
    "Cell",
    "CellState",
    "Direction",
    "FactsRefreshed",
    "Grid",
    "GridRow",
    "Indicator",
    "KpiDefinition",
    "KpiSource",
    "Level",
    "Measures",
    "Slice",
]
