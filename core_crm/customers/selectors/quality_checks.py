"""What good data is: one test for each field and measure, as SQL over one row.

Measures: `filled` something is there · `valid` what is there can be right · `fresh` looked at in
the last three years · `single` nobody else may be the same. A test counts the rows for which `of`
holds (all by default), and of them those that are `good`. In both, TODAY stands for the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CITIZENS, ORGANISATIONS = "citizens", "organisations"
TABLES = {
    CITIZENS: "core_customers_citizen",
    ORGANISATIONS: "core_customers_organisation",
}
FRESH_YEARS = 3
OLDEST_YEARS = 120
MEASURES = ("filled", "valid", "fresh", "single")

_KOREAN_NUMBER = (
    r"^\+82(10[0-9]{8}|1[16-9][0-9]{7,8}|2[0-9]{7,8}|[3-6][0-9]{8,9}|[57]0[0-9]{8,9}"
    r"|80[0-9]{7,8}|1[4568][0-9]{6}|1[0-9]{2})$"
)
"""Mobile, areas, internet and personal numbers, 080, 15xx-18xx, and three digits (전기통신번호
관리세칙 별표, read 2026-11-25). What is not of Korea was judged when it was written (E.164)."""
_PHONE = f"(phone !~ '^\\+82' OR phone ~ '{_KOREAN_NUMBER}')"
_EMAIL = r"(email ~ '^[^@[:space:]]+@[^@[:space:].]+(\.[^@[:space:].]+)+$')"
_NAME = "(name ~ '^[가-힣]{2,17}$' OR name ~ '^[^0-9]*[[:alpha:]][^0-9]*[[:alpha:]][^0-9]*$')"
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def _digit(place: int) -> str:
    return f"substr(registration_no, {place}, 1)::int"


_WEIGHED = " + ".join(f"{_digit(at)} * {by}" for at, by in enumerate(_WEIGHTS, start=1))
_REGISTERED = (
    "(CASE WHEN length(registration_no) = 10 THEN"
    f" mod(10 - mod({_WEIGHED} + {_digit(9)} * 5 / 10, 10), 10) = {_digit(10)} ELSE TRUE END)"
)
"""The check digit of a business number (국세청 사업자등록번호 검증식)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One test. `field` "": the row as a whole."""

    subject: str
    field: str
    measure: str
    good: str
    of: str = "TRUE"

    def counted(self, today: date) -> str:
        """The condition of the rows that are asked."""
        return _on(self.of, today)

    def passed(self, today: date) -> str:
        """The condition of the rows that pass."""
        return f"({_on(self.of, today)}) AND ({_on(self.good, today)})"

    def failed(self, today: date) -> str:
        """The condition of the rows that somebody has to look at."""
        return f"({_on(self.of, today)}) AND NOT ({_on(self.good, today)})"


def _on(condition: str, today: date) -> str:
    return condition.replace("TODAY", f"DATE '{today:%Y-%m-%d}'")


def _text(subject: str, *fields: str) -> list[Check]:
    return [Check(subject, field, "filled", f"{field} <> ''") for field in fields]


_FRESH = f"coalesce(changed_at, created_at) >= TODAY - interval '{FRESH_YEARS} years'"
_PAIRED = " UNION ALL ".join(
    f"SELECT {side}_id FROM core_customers_duplicatepair WHERE state = 'open'"  # noqa: S608
    for side in ("left", "right")
)
_SAME_BODY = """
SELECT id FROM (
  SELECT id, count(*) OVER (PARTITION BY name, phone) AS same
  FROM core_customers_organisation WHERE state = 'active'
) twice WHERE same > 1
"""
_ALIVE = f"birth_on BETWEEN TODAY - interval '{OLDEST_YEARS} years' AND TODAY"

CHECKS: tuple[Check, ...] = (
    Check(CITIZENS, "contact", "filled", "phone <> '' OR email <> ''"),
    *_text(CITIZENS, "name", "phone", "email"),
    Check(CITIZENS, "birth_on", "filled", "birth_on IS NOT NULL"),
    *_text(CITIZENS, "sex", "address", "district_code"),
    Check(CITIZENS, "name", "valid", _NAME, of="name <> ''"),
    Check(CITIZENS, "phone", "valid", _PHONE, of="phone <> ''"),
    Check(CITIZENS, "email", "valid", _EMAIL, of="email <> ''"),
    Check(CITIZENS, "birth_on", "valid", _ALIVE, of="birth_on IS NOT NULL"),
    Check(CITIZENS, "address", "valid", "district_code <> ''", of="address <> ''"),
    Check(CITIZENS, "", "fresh", _FRESH),
    Check(CITIZENS, "", "single", f"id NOT IN ({_PAIRED})"),
    *_text(
        ORGANISATIONS,
        "phone",
        "email",
        "address",
        "district_code",
        "registration_no",
        "representative_name",
    ),
    Check(ORGANISATIONS, "phone", "valid", _PHONE, of="phone <> ''"),
    Check(ORGANISATIONS, "email", "valid", _EMAIL, of="email <> ''"),
    Check(ORGANISATIONS, "registration_no", "valid", _REGISTERED, of="registration_no <> ''"),
    Check(ORGANISATIONS, "address", "valid", "district_code <> ''", of="address <> ''"),
    Check(ORGANISATIONS, "", "fresh", _FRESH),
    Check(ORGANISATIONS, "", "single", f"id NOT IN ({_SAME_BODY})"),
)


def checks_of(subject: str) -> list[Check]:
    """The tests of citizens or organisations, in the order in which they are shown."""
    return [check for check in CHECKS if check.subject == subject]


def check_get(subject: str, field: str, measure: str) -> Check | None:
    """One test; None when there is none of that name."""
    wanted = (subject, field, measure)
    return next((one for one in CHECKS if (one.subject, one.field, one.measure) == wanted), None)
