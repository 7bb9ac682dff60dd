"""What a refresh and an attack came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NationalRefreshed:
    """`cities`: those whose facts were read; `failed`: those that keep their old cells."""

    cities: int
    cells: int
    digest: str
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttackFound:
    """`attempts` hidden figures were attacked, `recovered` of them told more than they may."""

    attempts: int
    recovered: int
    recovered_without_suppression: int
