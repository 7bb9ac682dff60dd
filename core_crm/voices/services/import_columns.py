"""Which of our fields a column of an office's file is, told by its Korean or English header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core_crm.common.custom_fields import FormDefinition
from core_crm.imports.errors import ColumnsMissing

FIELDS = (
    "id",
    "title",
    "body",
    "received_at",
    "name",
    "phone",
    "email",
    "category",
    "service_code",
    "location",
    "status",
    "answer",
    "answered_at",
    "language",
)

PROPOSALS = "suggestion"

_HEADERS = {
    "id": "제안번호 민원번호 접수번호 신청번호 관리번호 일련번호 번호 id no",
    "title": "제안제목 민원제목 제목 건명 민원명 title subject",
    "body": "제안내용 민원내용 신청내용 질의내용 요청내용 본문 내용 body content description",
    "received_at": (
        "제안등록일자 등록일시 등록일자 등록일 접수일시 접수일자 접수일 신청일시 신청일자 신청일 "
        "작성일시 작성일 receivedat createdat date"
    ),
    "name": "성명 이름 민원인명 민원인 신청인 제안자 작성자 name",
    "phone": "휴대전화 휴대폰 휴대전화번호 전화번호 연락처 전화 핸드폰 phone mobile tel",
    "email": "전자우편 이메일 이메일주소 메일 email",
    "category": "분야 분류 카테고리 민원분야 category",
    "service_code": "민원편람코드 서비스코드 servicecode",
    "location": "장소 위치 발생장소 주소 location address",
    "status": "처리상태 진행상태 상태 status",
    "answer": "답변내용 처리결과 답변 answer",
    "answered_at": "답변일시 답변일자 답변일 처리일시 처리일자 완료일 answeredat",
    "language": "언어 language",
}
HEADERS: dict[str, tuple[str, ...]] = {
    ours: tuple(names.split()) for ours, names in _HEADERS.items()
}
"""What offices call our fields, the most telling name first."""


OWN = "field."
"""Before the code of a field of the city's own: `field.lamp_no`."""


def columns_suggest(
    columns: Sequence[str],
    *,
    mapping: Mapping[str, str] | None = None,
    own: FormDefinition | None = None,
) -> dict[str, str]:
    """Our field for each column that is one; a column the mapping names is taken at its word.

    An empty field in the mapping means: not this column. `own`: the city's own fields, known by
    label or code. Raises ColumnsMissing without a text.
    """
    given, headers = dict(mapping or {}), HEADERS | _own_headers(own)
    unknown = sorted(set(given) - set(columns)) + sorted(set(given.values()) - {*headers, ""})
    if unknown:
        raise ColumnsMissing(
            f"파일에 없는 열이거나 모르는 항목입니다: {', '.join(unknown)}", missing=unknown
        )
    found = {theirs: ours for theirs, ours in given.items() if ours}
    for ours, names in headers.items():
        if ours in found.values():
            continue
        theirs = _best(names, [column for column in columns if column not in {*found, *given}])
        if theirs:
            found[theirs] = ours
    if not {"body", "title"} & set(found.values()):
        raise ColumnsMissing(
            "내용이나 제목이 들어 있는 열을 찾지 못했습니다. 어느 열인지 알려 주세요.",
            missing=["내용"],
            columns=list(columns),
        )
    return found


def category_suggest(columns: Sequence[str]) -> str:
    """A file of citizens' proposals (제안…) holds suggestions; of other files nothing is known."""
    is_proposals = any(_bare(column).startswith("제안") for column in columns)
    return PROPOSALS if is_proposals else ""


def _own_headers(own: FormDefinition | None) -> dict[str, tuple[str, ...]]:
    """What offices may call the city's own fields."""
    return {
        OWN + code: tuple(map(_bare, filter(None, (one.label.ko, one.label.en, code))))
        for code, one in (own.asked() if own else ())
    }


def _best(names: Sequence[str], columns: Sequence[str]) -> str:
    """The column whose header is the field's most telling name."""
    bare = {_bare(column): column for column in reversed(columns)}
    return next((bare[name] for name in names if name in bare), "")


def _bare(header: str) -> str:
    """`민원 제목(필수)` → `민원제목`."""
    return re.sub(r"\(.*?\)|[\s_\-·.]", "", header).lower()
