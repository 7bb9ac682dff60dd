"""What columns of a list of people or bodies may be; the words other systems have for them."""

from __future__ import annotations

from core_crm.imports.types import RowField

PHONE_HELP = "010-1234-5678처럼. 엑셀이 앞의 0을 지운 번호도 읽습니다."
PERSON_FIELDS: tuple[RowField, ...] = (
    RowField(
        "name",
        "이름",
        is_required=True,
        example="김소담",
        synonyms=(
            "성명",
            "성함",
            "고객명",
            "시민명",
            "신청인",
            "민원인",
            "full name",
            "이름(성명)",
        ),
    ),
    RowField(
        "phone",
        "휴대전화",
        help=PHONE_HELP,
        example="010-1234-5678",
        synonyms=(
            *("전화", "전화번호", "연락처", "핸드폰", "휴대폰", "휴대전화번호", "휴대폰번호"),
            *("mobile", "cell", "tel", "telephone", "phone number", "핸드폰번호", "연락처1"),
        ),
        looks="phone",
    ),
    RowField(
        "email",
        "이메일",
        example="sodam@example.com",
        synonyms=("전자우편", "메일", "이메일주소", "메일주소", "e-mail", "mail", "email address"),
        looks="email",
    ),
)
CITIZEN_FIELDS: tuple[RowField, ...] = (
    *PERSON_FIELDS,
    RowField(
        "birth_on",
        "생년월일",
        help="1990-03-01처럼. 연도는 네 자리로 적습니다.",
        example="1990-03-01",
        synonyms=("생일", "출생일", "생년월일(8자리)", "birth", "birthday", "date of birth", "dob"),
        looks="day",
    ),
    RowField("sex", "성별", help="남 또는 여", example="여", synonyms=("gender", "남녀")),
    RowField("postcode", "우편번호", example="48058", synonyms=("zip", "zipcode", "postal code")),
    RowField(
        "address",
        "주소",
        example="부산광역시 해운대구 센텀중앙로 48",
        synonyms=("도로명주소", "거주지", "거주지주소", "집주소", "소재지", "기본주소", "street"),
        looks="address",
    ),
    RowField("address_detail", "상세주소", example="101동 202호", synonyms=("나머지주소", "주소2")),
    RowField("language", "언어", help="한국어 또는 영어", example="한국어", synonyms=("lang",)),
    RowField(
        "preferred_channel",
        "연락 방법",
        help="문자 또는 이메일",
        example="문자",
        synonyms=("희망연락방법", "선호연락방법", "channel"),
    ),
)
ORGANISATION_FIELDS: tuple[RowField, ...] = (
    RowField(
        "name",
        "이름",
        is_required=True,
        example="소담어린이집",
        synonyms=(
            *("기관명", "단체명", "법인명", "상호", "업체명", "시설명", "어린이집명", "회사명"),
            *("organisation", "organization", "company name"),
        ),
    ),
    RowField("kind", "종류", help="회사, 협회, 기관, 모임", example="기관", synonyms=("구분",)),
    RowField(
        "trade",
        "업종·유형",
        example="국공립",
        synonyms=("업종", "유형", "어린이집유형", "type", "업태", "시설유형"),
    ),
    RowField(
        "registration_no",
        "등록번호",
        help="사업자등록번호 열 자리나 법인등록번호 열세 자리",
        example="123-45-67890",
        synonyms=("사업자등록번호", "법인등록번호", "사업자번호", "고유번호"),
    ),
    RowField(
        "representative_name",
        "대표자",
        example="김소담",
        synonyms=("대표자명", "원장", "대표"),
    ),
    RowField(
        "phone",
        "대표전화",
        help="051-123-4567~9처럼 여럿이면 첫 번호가 대표전화이고 나머지도 남깁니다.",
        example="051-123-4567",
        synonyms=("전화", "전화번호", "연락처", "대표번호", "tel", "telephone"),
        looks="phone",
    ),
    RowField("email", "이메일", example="sodam@example.com", synonyms=("메일",), looks="email"),
    RowField("website", "누리집", example="www.example.com", synonyms=("홈페이지", "url")),
    RowField("postcode", "우편번호", example="48058", synonyms=("zip", "zipcode")),
    RowField(
        "address",
        "주소",
        example="부산광역시 중구 중앙대로 1",
        synonyms=("소재지", "도로명주소", "기본주소", "사업장주소"),
        looks="address",
    ),
    RowField("address_detail", "상세주소", example="2층", synonyms=("나머지주소",)),
    RowField("capacity", "정원", example="99", synonyms=("정원수", "정원(명)")),
    RowField(
        "employees",
        "직원 수",
        example="9",
        synonyms=("종사자수", "교직원수", "staff"),
    ),
    RowField("vehicle", "통학차량", example="운영", synonyms=("통학차량운영여부", "차량")),
)
PARTICIPATION_FIELDS: tuple[RowField, ...] = (
    *PERSON_FIELDS,
    RowField(
        "occasion",
        "행사 이름",
        is_required=True,
        example="소담 문화제",
        synonyms=("행사", "행사명", "프로그램", "프로그램명", "방문지", "전시", "event"),
    ),
    RowField(
        "on",
        "참여한 날",
        is_required=True,
        example="2026-10-03",
        synonyms=("날짜", "참여일", "방문일", "관람일", "일자", "date", "visited on"),
        looks="day",
    ),
    RowField("kind", "행사 종류", example="축제", synonyms=("구분", "유형", "분야")),
    RowField("venue", "장소", example="시민공원", synonyms=("행사장", "장소명", "venue name")),
    RowField("role", "자격", example="관람객", synonyms=("역할", "참여구분")),
)
