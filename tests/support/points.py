"""An extension or contribution point answered by a test, and as it was afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from core_crm.common.contributions import ContributionPoint
from core_crm.extension_points import ExtensionPoint


@contextmanager
def bound(
    point: ExtensionPoint[Any] | ContributionPoint[Any], answer: Callable[[], Any]
) -> Iterator[None]:
    """Within the block the point asks `answer` and nobody else."""
    before = point._resolve
    point.unbind()
    point.bind(answer)
    try:
        yield
    finally:
        point.unbind()
        if before is not None:
            point.bind(before)
