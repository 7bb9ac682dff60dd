"""The names a formula may use: the core's measures, and any a plugin may add (`x.<plugin>.…`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from core_crm.common.formulas import Kind
from core_crm.kpis.types.measures import MEASURES

ADDED = re.compile(r"x\.[a-z][a-z0-9_]{0,47}\.[a-z][a-z0-9_]{0,47}")
"""Whether a plugin really adds it here is asked when documents are checked; a document is one
everywhere, its measures are not."""


def is_added(name: str) -> bool:
    """Is it a plugin's measure?"""
    return bool(ADDED.fullmatch(name))


def is_measure(name: str) -> bool:
    return name in MEASURES or is_added(name)


class MeasureNames(Mapping[str, Kind]):
    """All of them, as `parse` wants them: numbers. Only the core's are listed, for near misses."""

    def __getitem__(self, name: str) -> Kind:
        if not is_measure(name):
            raise KeyError(name)
        return Kind.NUMBER

    def __iter__(self) -> Iterator[str]:
        return iter(MEASURES)

    def __len__(self) -> int:
        return len(MEASURES)


MEASURE_KINDS = MeasureNames()
