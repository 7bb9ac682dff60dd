"""What others may hold of the national reports: regions, figures, cells, submissions."""

from core_crm.national_reports.types.families import FAMILIES, Family, family_of
from core_crm.national_reports.types.figures import (
    CellRow,
    Figure,
    RegionValue,
    TrendLine,
    TrendPoint,
    ValueState,
    figure_of,
)
from core_crm.national_reports.types.regions import (
    Finding,
    NationalRegionRow,
    Slice,
    SubmissionRow,
    SubmissionState,
)
from core_crm.national_reports.types.results import AttackFound, NationalRefreshed

__all__ = [
    "FAMILIES",
    "AttackFound",
    "CellRow",
    "Family",
    "Figure",
    "Finding",
    "NationalRefreshed",
    "NationalRegionRow",
    "RegionValue",
    "Slice",
    "SubmissionRow",
    "SubmissionState",
    "TrendLine",
    "TrendPoint",
    "ValueState",
    "family_of",
    "figure_of",
]
