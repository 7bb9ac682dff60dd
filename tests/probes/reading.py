"""Many threads read in many cities at once: each read is its own city's, or the run tells."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from django.db import connections, transaction

from tenants import sql
from tenants.context import city_role, serving_city

WHO = "SELECT current_user AS role, current_schema() AS schema"
CANARY = "SELECT name_ko FROM core_staff_department WHERE code = 'a1.canary'"


def wrong_reads(signs: dict[str, str], *, threads: int, reads: int) -> tuple[int, list[str]]:
    """How many reads were made, and what was wrong with which. `signs`: city -> its canary."""
    turns = [list(islice(cycle(sorted(signs)), at, at + reads)) for at in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(lambda codes: _read_all(codes, signs), turns))
    return threads * reads, [wrong for each in found for wrong in each]


def _read_all(codes: list[str], signs: dict[str, str]) -> list[str]:
    try:
        return [wrong for at, code in enumerate(codes) if (wrong := _read(at, code, signs[code]))]
    finally:
        connections.close_all()


def _read(at: int, code: str, sign: str) -> str:
    """Alone or in a transaction, by turns: PgBouncer gives the connection away after each."""
    try:
        with serving_city(code):
            if at % 2:
                return _judged(code, sign)
            with transaction.atomic():
                return _judged(code, sign)
    except Exception as error:
        return f"{code}: {type(error).__name__}: {error}"


def _judged(code: str, sign: str) -> str:
    who, canary = sql.rows(WHO)[0], sql.rows(CANARY)
    if who != {"role": city_role(code), "schema": code}:
        return f"{code}: served as {who}"
    names = [row["name_ko"] for row in canary]
    return "" if names == [f"{sign}과"] else f"{code}: read {names}"
