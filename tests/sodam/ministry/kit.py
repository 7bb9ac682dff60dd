"""A nation in figures: 16 governments, a year of months, one month taken apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from core_crm.kpis.types import MEASURES
from core_crm.national_reports.models import (
    NationalCell,
    NationalRegion,
    NationalRun,
    NationalSubmission,
)
from core_crm.national_reports.types import FAMILIES, Family, Slice

OCTOBER = date(2026, 10, 1)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
GOVERNMENTS = {
    "seoul": ("서울특별시", "Seoul", "서울", 9318500),
    "busan": ("부산광역시", "Busan", "부산", 3248359),
    "daegu": ("대구광역시", "Daegu", "대구", 2356372),
    "incheon": ("인천광역시", "Incheon", "인천", 3046754),
    "jeonnamgwangju": ("전남광주통합특별시", "Jeonnam-Gwangju", "전남광주", 3179000),
    "daejeon": ("대전광역시", "Daejeon", "대전", 1440000),
    "ulsan": ("울산광역시", "Ulsan", "울산", 1091000),
    "sejong": ("세종특별자치시", "Sejong", "세종", 391000),
    "gyeonggi": ("경기도", "Gyeonggi", "경기", 13723000),
    "gangwon": ("강원특별자치도", "Gangwon", "강원", 1508000),
    "chungbuk": ("충청북도", "Chungbuk", "충북", 1594000),
    "chungnam": ("충청남도", "Chungnam", "충남", 2136000),
    "jeonbuk": ("전북특별자치도", "Jeonbuk", "전북", 1726000),
    "gyeongbuk": ("경상북도", "Gyeongbuk", "경북", 2512000),
    "gyeongnam": ("경상남도", "Gyeongnam", "경남", 3210000),
    "jeju": ("제주특별자치도", "Jeju", "제주", 666000),
}
MISSING = ("sejong", "gyeongnam")
# Minutes used of 1,000 allowed in October: reduction is what is left. Daejeon and Seoul tie.
USED = {
    "seoul": 442, "busan": 426, "daegu": 474, "incheon": 507, "jeonnamgwangju": 520,
    "daejeon": 442, "ulsan": 488, "gyeonggi": 529, "gangwon": 554, "chungbuk": 538,
    "chungnam": 542, "jeonbuk": 561, "gyeongbuk": 583, "jeju": 495,
}  # fmt: skip
SMALL = ("ulsan", "jeju")


def months(count: int = 12, until: date = OCTOBER) -> list[date]:
    last = until.year * 12 + until.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - count + 1, last + 1)]


def measures(received: int, *, used: int = 500, rated: int | None = None) -> dict[str, int]:
    """Counts that can be true together: nine of ten were settled, one was refused of those."""
    settled = received * 9 // 10
    answers = settled // 4 if rated is None else rated
    scores = {f"{item}_count": answers for item in ("speed", "kindness", "fairness", "convenience")}
    sums = {name.replace("count", "sum"): count * 4 for name, count in scores.items()}
    return dict.fromkeys(MEASURES, 0) | {
        "received": received,
        "closed": settled,
        "settled": settled,
        "answered": settled - settled // 20,
        "unable": settled // 20,
        "on_time": settled - settled // 30,
        "allowed_minutes": settled * 1000,
        "used_minutes": settled * used,
        "invited": settled,
        "rated": answers,
        "solved": answers,
        **scores,
        **sums,
    }


def cell(
    code: str,
    month: date,
    given: dict[str, int],
    *,
    slice_: Slice = Slice.CITY,
    key: str = "",
    parent: str = "",
    label: str = "",
    hidden: Iterable[Family] = (),
) -> NationalCell:
    kept = {name for family in hidden for name in FAMILIES[family]}
    return NationalCell(
        city_code=code,
        month=month,
        slice=slice_,
        key=key,
        parent_key=parent,
        label_ko=label,
        label_en=key,
        hidden=sorted(hidden),
        **{name: None if name in kept else count for name, count in given.items()},
    )


def write_nation() -> None:
    """Inside the login `rollup`."""
    NationalRegion.objects.bulk_create(
        NationalRegion(
            city_code=code,
            name_ko=ko,
            name_en=en,
            short_name_ko=short,
            sort=number * 10,
            residents=residents,
            counted_on=date(2025, 9, 30),
            status="not_open" if code == "sejong" else "open",
        )
        for number, (code, (ko, en, short, residents)) in enumerate(GOVERNMENTS.items(), 1)
    )
    NationalSubmission.objects.bulk_create(_submission(code) for code in GOVERNMENTS)
    NationalCell.objects.bulk_create([*_cities(), *_busan(), _running()])
    NationalRun.objects.create(ran_at=AT, cities=14, cells=1, digest="ab" * 32)


def _submission(code: str) -> NationalSubmission:
    if code == "sejong":
        return NationalSubmission(city_code=code, state="missing", tried_at=AT)
    if code == "gyeongnam":
        finding = {
            "code": "facts.contradict",
            "text_ko": "자료의 합이 서로 맞지 않습니다.",
            "text_en": "The sums contradict each other.",
            "mend_ko": "경상남도에서 sodam facts refresh --full을 실행합니다.",
            "mend_en": "Run sodam facts refresh --full there.",
        }
        return NationalSubmission(city_code=code, state="failed", tried_at=AT, findings=[finding])
    return NationalSubmission(
        city_code=code,
        state="received",
        tried_at=AT,
        submitted_at=AT,
        data_at=AT,
        months=12,
        digest="ab" * 32,
    )


def _cities() -> list[NationalCell]:
    found = []
    for code, used in USED.items():
        for number, month in enumerate(months()):
            received = 20 if code in SMALL else 400 + 60 * len(code)
            spread = used + (11 - number) * (9 if code != "gyeongbuk" else -4)
            given = measures(received, used=spread)
            found.append(cell(code, month, given, label=code))
            found.append(_half(code, month, given, "simple"))
            found.append(_half(code, month, given, "compound"))
    return found


def _running() -> NationalCell:
    """Busan's November, which is not over: no parts yet."""
    return cell("busan", date(2026, 11, 1), measures(300, used=420), label="busan")


def _half(code: str, month: date, given: dict[str, int], key: str) -> NationalCell:
    half = {
        name: count // 2 if key == "simple" else count - count // 2 for name, count in given.items()
    }
    return cell(code, month, half, slice_=Slice.COMPOUND, key=key, label=key)


EVERYTHING = (Family.RECEIVED, Family.CLOSED, Family.RATED)
# Slice, key, parent, label, received, minutes used of 1,000, hidden families.
PARTS: tuple[tuple[Slice, str, str, str, int, int, tuple[Family, ...]], ...] = (
    (Slice.BUREAU, "gyotong", "", "교통혁신국", 500, 410, ()),
    (Slice.BUREAU, "haengjeong", "", "행정자치국", 200, 480, ()),
    (Slice.DEPARTMENT, "gyotong.bus", "gyotong", "대중교통과", 300, 400, ()),
    (Slice.DEPARTMENT, "gyotong.taxi", "gyotong", "택시운수과", 0, 0, EVERYTHING),
    (Slice.CATEGORY, "road", "", "도로·보도", 450, 430, ()),
    (Slice.CATEGORY, "tax", "", "세금", 250, 420, (Family.RATED,)),
    (Slice.CATEGORY, "culture", "", "문화", 0, 0, EVERYTHING),
)


def _busan() -> list[NationalCell]:
    """Busan's October: bureaus with departments, categories, some of them hidden."""
    september = (date(2026, 9, 1), (Slice.CATEGORY, "road", "", "도로·보도", 440, 440, ()))
    given = [*((OCTOBER, part) for part in PARTS), september]
    return [
        cell(
            "busan",
            month,
            measures(received, used=used),
            slice_=slice_,
            key=key,
            parent=parent,
            label=label,
            hidden=hidden,
        )
        for month, (slice_, key, parent, label, received, used, hidden) in given
    ]
