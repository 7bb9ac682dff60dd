"""What may be asked about: the registered fields of a source of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Expression, Q


class FieldKind(StrEnum):
    """What sort of value a field holds.

    A number is whole or decimal (no floating point). An instant is a moment; its day is Seoul's.
    """

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    TRUTH = "truth"


class PersonalDataClass(StrEnum):
    """How the law looks at what a field holds (개인정보 보호법 제2조, 제23조, 제24조)."""

    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    UNIQUE_ID = "unique_id"


@dataclass(frozen=True, slots=True)
class PredicateField:
    """A field of a source. `path`: how the ORM reaches it, over single rows only.

    `personal` None: it tells nothing about a person. `choices`: the codes a choice may have.
    `expression`: how it is worked out where no plain path leads to it (a value inside JSON, a
    plugin's record); it stands in the path's place. `holds`: of a truth, the same as a condition
    that is never null; the database can join by it, and asks it once.
    """

    code: str
    kind: FieldKind
    path: str
    label_ko: str
    label_en: str
    personal: PersonalDataClass | None = None
    choices: tuple[str, ...] = ()
    is_indexed: bool = False
    expression: Expression | None = field(default=None, hash=False, compare=False)
    holds: Q | None = field(default=None, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class PredicateSource:
    """Rows that can be asked about, e.g. citizens, and their fields by code."""

    name: str
    fields: Mapping[str, PredicateField] = field(hash=False)
