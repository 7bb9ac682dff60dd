"""Measures as a plugin would add them, for as long as a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core_crm.common.contributions import Added, Measure
from core_crm.extension_points import measures


@contextmanager
def adding() -> Iterator[list[Measure]]:
    """What is put into the list is in force, as of the plugin `busan`; after it, all as before."""
    before, given = measures._resolve, list[Measure]()
    measures.unbind()
    measures.bind(lambda: [Added("busan", one) for one in given])
    try:
        yield given
    finally:
        measures.unbind()
        if before is not None:
            measures.bind(before)
