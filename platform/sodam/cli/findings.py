"""The examinations behind `sodam doctor`. Each says what it found, and how to mend it."""

import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from core_crm.calendars import reach_check
from sodam.cli.processes import as_owner
from sodam.runtime.chromium import find_chromium
from sodam.runtime.paths import PROJECT
from sodam.runtime.postgres_binaries import machine_folders, packaged_obstacle
from sodam.runtime.processes import lesser_user
from sodam.settings.environment import env
from tenants.alive import PROVISIONER, is_alive
from tenants.context import serving_platform
from tenants.errors import DomainError
from tenants.provisioning.operations import operation_list
from tenants.sql import rows
from tenants.types import OperationState

BUSY_RATIO = 0.8
LEAST_FREE_BYTES = 2_000_000_000
VENDOR = PROJECT / "platform" / "sodam" / "ui" / "static" / "vendor" / "made-from"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One examination's outcome. `mend` is empty when all is well."""

    name: str
    is_well: bool
    said: str
    mend: str = ""


def examine() -> list[Finding]:
    """All examinations; one that needs the database is not done when that cannot be reached."""
    machine = [postgres_programs(), disk(), front_end(), browser(), calendar_reach(), broker()]
    reached = database()
    if not reached.is_well:
        return [*machine, reached]
    inside: tuple[Callable[[], Finding], ...] = (
        korean_search,
        connections,
        migrations,
        operations,
    )
    return [*machine, reached, *(look() for look in inside)]


def postgres_programs() -> Finding:
    """Packaged, or the machine's, or none because a server's address is set."""
    name = "Postgres 프로그램"
    if os.environ.get("SODAM_DATABASE_URL"):
        return Finding(name=name, is_well=True, said="SODAM_DATABASE_URL의 서버를 씁니다")
    obstacle = packaged_obstacle()
    if not obstacle:
        user = lesser_user()
        said = (
            f"꾸러미 (glibc {platform.libc_ver()[1]}), 실행 사용자 {user.pw_name if user else '나'}"
        )
        return Finding(name=name, is_well=True, said=said)
    if machine_folders():
        return Finding(name=name, is_well=True, said=f"{obstacle} 컴퓨터의 Postgres를 씁니다")
    return Finding(
        name=name,
        is_well=False,
        said=obstacle,
        mend="PostgreSQL 15 이상 설치: apt install postgresql",
    )


def disk() -> Finding:
    """Room for the database and its log."""
    free = shutil.disk_usage(env.home if env.home.exists() else PROJECT).free
    return Finding(
        name="디스크",
        is_well=free >= LEAST_FREE_BYTES,
        said=f"{free / 1e9:.1f} GB 남음 ({env.home})",
        mend=""
        if free >= LEAST_FREE_BYTES
        else "자리를 비우거나 SODAM_HOME을 다른 디스크로 옮기십시오",
    )


def front_end() -> Finding:
    """Fonts, KRDS and htmx in their place."""
    is_there = VENDOR.exists()
    return Finding(
        name="화면 재료",
        is_well=is_there,
        said="있음" if is_there else "글꼴·KRDS·htmx 파일이 없습니다",
        mend="" if is_there else "make setup",
    )


def browser() -> Finding:
    """Only the tests need one, so its absence is told but is no illness."""
    found = find_chromium()
    said = str(found) if found else "없음 (시험에만 필요: make test가 마련합니다)"
    return Finding(name="Chromium", is_well=True, said=said)


def calendar_reach() -> Finding:
    """A petition of a year taken in today must be countable."""
    try:
        reach = reach_check(timezone.localdate())
    except DomainError as short:
        mend = "fixtures/holidays를 새 관보로 늘리십시오"
        return Finding(name="공휴일 달력", is_well=False, said=str(short), mend=mend)
    said = f"{reach.known_until}까지 {reach.days}일 (관보는 {reach.gazette_until}까지)"
    return Finding(name="공휴일 달력", is_well=True, said=said)


def broker() -> Finding:
    """Jobs wait in Postgres while it is away, but nothing is sent."""
    mend = "sodam up으로 시작하거나 SODAM_BROKER_URL을 고치십시오 (예: redis://:pw@host:6379/0)"
    if not env.broker_url:
        return Finding(name="브로커", is_well=False, said="시작한 적이 없습니다", mend=mend)
    try:
        Redis.from_url(env.broker_url, socket_timeout=3).ping()
    except RedisError as failure:
        return Finding(name="브로커", is_well=False, said=type(failure).__name__, mend=mend)
    return Finding(name="브로커", is_well=True, said="응답함")


def database() -> Finding:
    """Can a serving process log in?"""
    mend = "sodam up으로 시작하거나 SODAM_DATABASE_URL을 고치십시오"
    try:
        with serving_platform():
            version = rows("SELECT current_setting('server_version') AS version")[0]["version"]
    except DatabaseError as failure:
        said = str(failure).strip().splitlines()[0] if str(failure).strip() else "연결할 수 없음"
        return Finding(name="데이터베이스", is_well=False, said=said, mend=mend)
    return Finding(name="데이터베이스", is_well=True, said=f"PostgreSQL {version}")


def korean_search() -> Finding:
    """In a C locale a trigram index holds no Korean."""
    with serving_platform():
        found = rows(
            "SELECT cardinality(extensions.show_trgm('교통신호')) AS shown,"
            " current_setting('server_encoding') AS encoding"
        )[0]
    is_well = found["shown"] > 0 and found["encoding"] == "UTF8"
    mend = "데이터베이스를 UTF8, C.UTF-8 로캘로 다시 만드십시오 (createdb --locale=C.UTF-8)"
    said = f"{found['encoding']}, 한글 세 글자 조각 {found['shown']}개"
    return Finding(name="한글 검색", is_well=is_well, said=said, mend="" if is_well else mend)


def connections() -> Finding:
    """Warns before the server refuses."""
    with serving_platform():
        found = rows(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL) AS used,"
            " current_setting('max_connections')::int AS most"
        )[0]
    is_well = found["used"] < found["most"] * BUSY_RATIO
    mend = "max_connections를 올리거나 PgBouncer를 두십시오"
    said = f"{found['used']}/{found['most']}"
    return Finding(
        name="데이터베이스 연결", is_well=is_well, said=said, mend="" if is_well else mend
    )


def migrations() -> Finding:
    """Asked by the owner's process: a serving one cannot see it."""
    is_well = as_owner(["platform", "check"]) == 0
    return Finding(
        name="이행",
        is_well=is_well,
        said="밀린 것 없음" if is_well else "밀린 이행이 있습니다",
        mend="" if is_well else "sodam platform prepare",
    )


def operations() -> Finding:
    """Is somebody there who does what was asked for, and did something fail half done?"""
    failed = operation_list(states=[OperationState.FAILED], limit=100)
    lives, half = is_alive(PROVISIONER), sum(one.stands for one in failed)
    mend = "sodam up (또는 sodam provisioner)으로 작업 프로세스를 시작하십시오"
    return Finding(
        name="작업 프로세스",
        is_well=lives and not half,
        said=f"{'응답함' if lives else '응답 없음'}, 끝내지 못한 작업 {half}개",
        mend="" if lives and not half else mend if not lives else "sodam operation list",
    )
