"""A list of a million citizens, read, checked, matched and written, against two that only write.

`\\copy` writes rows that are ready into the same table with the same indexes; `bulk_create` writes
objects that are ready, 1,000 at a time. Ours begins with the bytes of a CSV file of another office
and ends when the batch is done, with what every row became kept for its undoing. A round takes a
part of the list: ours goes to Busan, the very rows that it wrote to Seoul, so that both tables grow
alike to their full size.
"""

from __future__ import annotations

import csv
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import connection, transaction

from core_crm.customers.models import Citizen
from core_crm.customers.services.crowds import COLUMNS
from core_crm.imports.selectors import batch_get
from core_crm.imports.services import batch_look, batch_map, batch_open, batch_run, batch_work
from core_crm.imports.types import BatchState, ImportOptions
from sodam.demo.crowd import Crowd
from tenants import sql
from tenants.context import serving_city
from tests.benchmarks.harness import Figure, counted, interleaved, say, sized

ROWS = sized(1_000_000, small=300)
ROUNDS = sized(5, small=1)
OBJECTS = sized(50_000, small=100)
"""Rows of a round of `bulk_create`, which comes when both tables are full."""
OBJECT_ROUNDS = sized(3, small=1)
PACK = 1_000
NOW = datetime(2026, 11, 25, tzinfo=UTC)
HEAD = ("성명", "휴대폰번호", "전자우편", "생년월일", "성별", "거주지", "상세주소")
TOLD = ("name", "phone", "email", "birth_on", "sex", "address", "address_detail")
SEX = {"F": "여", "M": "남", "": ""}
TABLE = Citizen._meta.db_table
COPIED = ", ".join(field.column for field in Citizen._meta.local_concrete_fields)
MOST_MEGABYTES, MOST_GROWTH = 150, 10


class Lists:
    """Lists of people nobody wrote down before, in a folder; each is a part of one crowd."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self._crowd = _reachable(Crowd("busan", 7, 1_400_000).rows())

    def next(self, count: int) -> Path:
        self.number += 1
        path = self.folder / f"{self.number}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEAD)
            writer.writerows(islice(self._crowd, count))
        return path


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        lists = Lists(Path(folder))
        rounds = Rounds(lists)
        _warm_up(lists)
        yield rounds.against(
            "importing.copy", ROWS // ROUNDS, ROUNDS, _copied, goal=0.4, name="\\copy of ready rows"
        )
        yield counted(
            "importing.memory",
            rounds.peaks[-1] - rounds.peaks[0],
            goal=MOST_GROWTH,
            unit="MB more than after the first part",
            exact={"peak_megabytes": rounds.peaks[-1], "wanted_under": MOST_MEGABYTES},
        )
        yield rounds.against(
            "importing.bulk_create", OBJECTS, OBJECT_ROUNDS, _bulk_created, goal=2,
            name="bulk_create, 1,000 at a time",
        )  # fmt: skip


class Rounds:
    """Ours and a baseline in turns; what ours wrote is what the baseline writes."""

    def __init__(self, lists: Lists) -> None:
        self.lists, self.peaks = lists, list[float]()
        self._batch: Any = None

    def against(
        self,
        title: str,
        count: int,
        rounds: int,
        baseline: Callable[[Path], float],
        *,
        goal: float,
        name: str,
    ) -> Figure:
        ready = self.lists.folder / "ready"

        def ours() -> float:
            path = self.lists.next(count)
            with serving_city("busan"):
                rate, self._batch = taken_in(path, count)
                _dump(self._batch.pk, ready)
            self.peaks.append(_peak())
            say(f"importing: {batch_told(self._batch)}; {rate:,.0f} rows/s")
            return rate

        def theirs() -> float:
            with serving_city("seoul"):
                return baseline(ready)

        return interleaved(
            title,
            ours=ours,
            baseline=theirs,
            goal=goal,
            unit="rows/s",
            baseline_name=name,
            is_rate=True,
            rounds=rounds,
            exact={"rows_a_round": count, "rows_in_all": self.lists.number * count},
        )


def _warm_up(lists: Lists) -> None:
    with serving_city("busan"):
        taken_in(lists.next(100), 100)


def taken_in(path: Path, count: int) -> tuple[float, Any]:
    """Rows per second from the bytes of the file to the end of its batch; the batch."""
    started = time.perf_counter()
    with path.open("rb") as opened:
        file: Any = File(opened, path.name)
        batch = batch_open("citizens", file, ImportOptions(source="크라우드"), by=None, now=NOW)
    batch_map(batch, {look.name: look.field for look in batch_look(batch).columns})
    batch_run(batch, by=None, now=NOW)
    while batch_work(batch.pk, now=NOW):
        pass
    took = time.perf_counter() - started
    done = batch_get(batch.pk)
    if done.state != BatchState.DONE or done.rows != count or done.refused:
        raise AssertionError(batch_told(done))
    return count / took, done


def batch_told(batch: Any) -> str:
    """Its counts; never a row."""
    names = ("state", "rows", "created", "updated", "skipped", "refused")
    return ", ".join(f"{name} {getattr(batch, name)}" for name in names)


def _reachable(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """As another office writes them; who has no contact is not on its list."""
    at = [COLUMNS.index(name) for name in TOLD]
    for row in rows:
        name, phone, email, born, sex, *place = (row[place] for place in at)
        if phone or email:
            yield [name, phone.replace("+82", "0", 1), email, born or "", SEX[sex], *place]


def _dump(batch_id: Any, path: Path) -> None:
    statement = f"COPY (SELECT {COPIED} FROM {TABLE} WHERE batch_id = %s) TO STDOUT"  # noqa: S608
    with (
        connection.cursor() as cursor,
        path.open("wb") as out,
        cursor.copy(statement, [batch_id]) as copy,
    ):
        for block in copy:
            out.write(block)


def _copied(path: Path) -> float:
    lines = _lines(path)
    started = time.perf_counter()
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        path.open("rb") as ready,
        cursor.copy(f"COPY {TABLE} ({COPIED}) FROM STDIN") as copy,
    ):
        while block := ready.read(1 << 20):
            copy.write(block)
    return lines / (time.perf_counter() - started)


def _bulk_created(path: Path) -> float:
    """Time of the writing alone: the objects are ready before each pack."""
    with serving_city("busan"):
        batch_id = sql.rows(f"SELECT batch_id FROM {TABLE} ORDER BY id DESC LIMIT 1")[0]["batch_id"]  # noqa: S608
        values = list(Citizen.objects.filter(batch_id=batch_id).values())
    took, count = 0.0, len(values)
    while values:
        pack, values = [Citizen(**each) for each in values[:PACK]], values[PACK:]
        started = time.perf_counter()
        Citizen.objects.bulk_create(pack)
        took += time.perf_counter() - started
    return count / took


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _peak() -> float:
    """Megabytes that this process ever held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
