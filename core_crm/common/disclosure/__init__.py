"""Disclosure control of counts: which to hide so that nobody learns a count of 1 to 4.

    protect({"city": 12, "road": 3, "park": 9}, [Relation("city", ("road", "park"))])
    # frozenset({"road", "park"}): without "park", the city less the park would be the road

Pure: no database, no clock. The whole of a partition is the sum of its parts; a part may be a whole
itself and a whole may be parted in several ways, but no count may be a part twice.
"""

from core_crm.common.disclosure.bounds import Bounds, feasible, from_everywhere, total
from core_crm.common.disclosure.forest import Forest, Relation
from core_crm.common.disclosure.protection import FEWEST, protect

__all__ = [
    "FEWEST",
    "Bounds",
    "Forest",
    "Relation",
    "feasible",
    "from_everywhere",
    "protect",
    "total",
]
