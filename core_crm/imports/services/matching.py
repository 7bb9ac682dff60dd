"""Which column is which field: as last time with this source, by its name, by its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import islice

from core_crm.imports.errors import ColumnsNotMatched, NotNow
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import row_kind
from core_crm.imports.services.rows import BatchRows
from core_crm.imports.types import BatchState, ColumnLook, FileLook, RowField, RowKind

LOOKED_AT = 50
SAMPLES = 3
MOST = 0.8
"""Share of a column's values that must look alike for it to be taken for a field."""
LOOKS = {
    "phone": re.compile(r"\+?\(?0?\d{1,3}\)?[-. )]*\d{3,4}[-. ]*\d{4}([~∼].*)?"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "day": re.compile(r"(19|20)\d{2}[-./년 ]*\d{1,2}[-./월 ]*\d{1,2}[일.]?"),
    "address": re.compile(r".*(시|도|군|구|로|길|동|읍|면)\s.*\d.*"),
}


def batch_look(batch: ImportBatch) -> FileLook:
    """The columns of the file with a few raw values each, and the fields they seem to be."""
    rows = BatchRows(batch)
    seen = [row.values for row in islice(rows, LOOKED_AT)]
    kind = row_kind(batch.kind)
    chosen = _chosen(rows.columns, seen, kind, _saved(batch))
    return FileLook(
        encoding=batch.encoding,
        delimiter=batch.delimiter,
        columns=tuple(
            ColumnLook(name, _samples(name, seen), *chosen.get(name, ("", "")))
            for name in rows.columns
        ),
    )


def batch_map(batch: ImportBatch, mapping: Mapping[str, str]) -> None:
    """Fix which column is which field. It is suggested again for the next file of the source.

    Raises ColumnsNotMatched, naming the column; NotNow.
    """
    if batch.state not in (BatchState.DRAFT, BatchState.PLANNED):
        raise NotNow("이미 시작한 파일의 열은 바꿀 수 없습니다.")
    kind, columns = row_kind(batch.kind), BatchRows(batch).columns
    used = {column: field for column, field in mapping.items() if field}
    _check(used, kind, columns)
    batch.mapping = {column: used.get(column, "") for column in columns}
    batch.plan, batch.state = None, BatchState.DRAFT
    batch.save(update_fields=["mapping", "plan", "state"])


def _check(used: Mapping[str, str], kind: RowKind, columns: Sequence[str]) -> None:
    known = {field.code: field for field in kind.fields}
    taken: dict[str, str] = {}
    for column, field in used.items():
        if column not in columns:
            raise ColumnsNotMatched(f"파일에 ‘{column}’ 열이 없습니다.", column=column)
        if field not in known:
            raise ColumnsNotMatched(f"‘{column}’ 열에 고른 항목을 알 수 없습니다.", column=column)
        if field in taken:
            raise ColumnsNotMatched(
                f"‘{taken[field]}’ 열과 ‘{column}’ 열을 같은 항목으로 골랐습니다. 하나만 고르세요.",
                column=column,
            )
        taken[field] = column
    missing = [one.label for one in kind.fields if one.is_required and one.code not in taken]
    if missing:
        raise ColumnsNotMatched(f"꼭 있어야 하는 항목을 고르지 않았습니다: {', '.join(missing)}")


def _saved(batch: ImportBatch) -> dict[str, str]:
    """How the last file of this kind from this source was matched, or this one already."""
    if any(batch.mapping.values()):
        return dict(batch.mapping)
    before = ImportBatch.objects.filter(kind=batch.kind, source=batch.source)
    others = before.exclude(pk=batch.pk).exclude(state=BatchState.DRAFT)
    last = others.order_by("-created_at").values_list("mapping", flat=True).first()
    return dict(last or {})


def _chosen(
    columns: Sequence[str],
    seen: Sequence[Mapping[str, str]],
    kind: RowKind,
    saved: Mapping[str, str],
) -> dict[str, tuple[str, str]]:
    """Column → (field, why). Each field once: what was saved goes before names, these before looks.

    A column that was left out last time is left out again.
    """
    chosen = {one: (saved[one], "saved") for one in columns if saved.get(one)}
    open_columns = [one for one in columns if one not in saved]
    for column in open_columns:
        field = _by_name(column, _left(kind, chosen))
        if field:
            chosen[column] = (field, "name")
    for column in open_columns:
        if column not in chosen and (field := _by_values(column, seen, _left(kind, chosen))):
            chosen[column] = (field, "values")
    return chosen


def _left(kind: RowKind, chosen: Mapping[str, tuple[str, str]]) -> list[RowField]:
    taken = {field for field, _why in chosen.values()}
    return [one for one in kind.fields if one.code not in taken]


def _by_name(column: str, fields: Sequence[RowField]) -> str:
    name = _plain(column)
    for one in fields:
        if name in {_plain(word) for word in (one.code, one.label, *one.synonyms)}:
            return one.code
    return ""


def _by_values(column: str, seen: Sequence[Mapping[str, str]], fields: Sequence[RowField]) -> str:
    values = [text for row in seen if (text := row.get(column, "").strip())]
    for one in fields:
        looks = LOOKS.get(one.looks)
        alike = sum(bool(looks.fullmatch(text)) for text in values) if looks else 0
        if values and alike >= MOST * len(values):
            return one.code
    return ""


def _samples(column: str, seen: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    values = dict.fromkeys(text for row in seen if (text := row.get(column, "").strip()))
    return tuple(islice(values, SAMPLES))


def _plain(word: str) -> str:
    """Letters and digits only: `휴대 전화(번호)` and `휴대전화번호` are one name."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", word)).lower()
