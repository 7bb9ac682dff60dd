"""What others may hold of the kpis room: measures, indicators, contracts, the grid, a refresh."""

from core_crm.kpis.types.contracts import ContractItem, PerformanceContract
from core_crm.kpis.types.evaluation import Band, Cadence, Evaluation, Method, Step, Whom
from core_crm.kpis.types.grid import Cell, CellState, Grid, GridRow, Level
from core_crm.kpis.types.indicators import (
    Direction,
    Indicator,
    KpiDefinition,
    KpiSource,
    weight_sums,
)
from core_crm.kpis.types.measures import MEASURES, NO_MEASURES, Measures, Slice
from core_crm.kpis.types.names import MEASURE_KINDS, is_added, is_measure
from core_crm.kpis.types.refreshed import FactsRefreshed
from core_crm.kpis.types.sheets import Score, ScoreItem, ScoreRow, ScoreSheet
from core_crm.kpis.types.spans import Span

__all__ = [
    "MEASURES",
    "MEASURE_KINDS",
    "NO_MEASURES",
    "Band",
    "Cadence",
    "Cell",
    "CellState",
    "ContractItem",
    "Direction",
    "Evaluation",
    "FactsRefreshed",
    "Grid",
    "GridRow",
    "Indicator",
    "KpiDefinition",
    "KpiSource",
    "Level",
    "Measures",
    "Method",
    "PerformanceContract",
    "Score",
    "ScoreItem",
    "ScoreRow",
    "ScoreSheet",
    "Slice",
    "Span",
    "Step",
    "Whom",
    "is_added",
    "is_measure",
    "weight_sums",
]
