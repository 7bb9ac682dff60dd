"""Formulas that officials write: typed when they are saved, exact rationals when they run.

    formula = parse("round(on_time / closed * 100, 1)", names={"on_time": NUMBER, "closed": NUMBER})
    formula.evaluate({"on_time": 2, "closed": 3})     # Fraction(667, 10)

The language is described in docs/reference/formulas.md.
"""

from core_crm.common.formulas.errors import FormulaError
from core_crm.common.formulas.parsing import parse
from core_crm.common.formulas.rounding import round_half_up
from core_crm.common.formulas.types import Formula, Given, Kind, Value

__all__ = ["Formula", "FormulaError", "Given", "Kind", "Value", "parse", "round_half_up"]
