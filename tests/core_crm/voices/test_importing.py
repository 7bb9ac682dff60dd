"""Taking in another system's file; invented rows with the defects of real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_crm.common.models import RecordedEvent
from core_crm.imports.errors import ColumnsMissing
from core_crm.messaging.models import OutgoingMessage
from core_crm.voices.errors import RightMissing
from core_crm.voices.models import Voice
from core_crm.voices.selectors import thread_of
from core_crm.voices.services import columns_suggest, voices_import
from core_crm.voices.services.import_columns import FIELDS
from core_crm.voices.services.import_rows import RowRefused, moment_read, row_read
from tests.conftest import kst
from tests.support.forms import use_form
from tests.support.voices import Office

NOW = kst("2026-12-01 10:00")
PROPOSALS = '''\
제안번호,제안제목,제안내용,득표,제안등록일자
101,,"<div>골목에 의자가 없어요.&nbsp;</div><script>alert(1)</script>
<div>쉴 곳이 필요합니다.</div>",3,2019-08-31 15:35:26.0
102,"버스 노선 ""개선""","<p>첫 줄<br>둘째 줄</p>
<img src=""/a.jpg"" onerror=""x()"">",0,2019-08-31 15:33:58.0
103,사진만 있는 제안,"<p><img src=""/only.jpg""></p>",1,2019-08-30 09:00:00.0
104,내용 없는 제안,,2,2019-08-29 09:00:00.0
105,"여러
줄 제목","한글, 쉼표, ""따옴표""",0,2019-08-28 09:00:00.0
'''
PETITIONS = """\
접수번호;제목;내용;이름;전화;이메일;접수일시;처리상태;답변내용;답변일시
1;가로등;꺼졌어요;김하나;010-0000-1111;;2026. 11. 2. 오후 3:10;처리완료;고쳤습니다;2026-11-05 10:00
2;소음;시끄러워요;이두리;없음;none;2026-11-03;접수;;
3;주차;불법 주차;박세라;;se@citizen.example;2026-11-03 25:00;접수;;
4;;;최네모;;;2026-11-03;접수;;
5;나무;가지가 길어요;;;;2027-01-01;접수;;
6;하수;냄새가 나요;;;;20261104;알수없음;;
7;사유지;길을 내 주세요;정다섯;;;2026-11-04;불가;사유지라 어렵습니다;2026-11-06
"""


def counted(result: dict[str, object]) -> tuple[object, ...]:
    return tuple(result[name] for name in ("rows", "created", "updated", "skipped", "refused"))


def taken_in(text: str, tmp_path: Path, *, encoding: str = "utf-8", **more: object):  # type: ignore[no-untyped-def]
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    return voices_import(path, now=NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_no_row_is_lost_however_the_file_is_written(
    office: Office, tmp_path: Path, encoding: str
) -> None:
    result = taken_in(PROPOSALS, tmp_path, encoding=encoding)
    assert counted(result) == (5, 5, 0, 0, 0)
    assert result["errors_file"] is None


def test_the_same_file_again_is_skipped_whatever_it_is_called(
    office: Office, tmp_path: Path
) -> None:
    taken_in(PROPOSALS, tmp_path)
    again = voices_import(PROPOSALS.encode(), now=NOW)
    assert counted(again) == (5, 0, 0, 5, 0)
    assert Voice.objects.count() == 5


def test_the_same_number_with_other_words_is_another_voice(office: Office, tmp_path: Path) -> None:
    taken_in(PROPOSALS, tmp_path)
    other = taken_in(PROPOSALS.replace("골목에 의자가", "공원에 의자가"), tmp_path)
    assert counted(other) == (5, 1, 0, 4, 0)


def test_markup_becomes_safe_text(office: Office, tmp_path: Path) -> None:
    taken_in(PROPOSALS, tmp_path)
    voice = Voice.objects.get(body__startswith="골목")
    assert "script" not in voice.body
    assert "alert" not in voice.body
    assert voice.body == "골목에 의자가 없어요.\n\n쉴 곳이 필요합니다."
    assert voice.title == "골목에 의자가 없어요."


def test_a_voice_of_pictures_only_and_one_of_a_title_only_are_kept(
    office: Office, tmp_path: Path
) -> None:
    taken_in(PROPOSALS, tmp_path)
    assert "그림만" in Voice.objects.get(title="사진만 있는 제안").body
    assert Voice.objects.get(title="내용 없는 제안").body == "내용 없는 제안"
    assert Voice.objects.filter(title="여러 줄 제목").exists()


def test_an_old_row_keeps_its_time_its_clock_and_what_else_it_said(
    office: Office, tmp_path: Path
) -> None:
    taken_in(PROPOSALS, tmp_path)
    voice = Voice.objects.get(body__startswith="골목")
    assert voice.received_at == kst("2019-08-31 15:35:26")
    assert voice.due_at == kst("2019-09-23 18:00")  # suggestion: 14 working days, Chuseok out
    assert (voice.channel, voice.phase) == ("import", "received")
    assert voice.attributes == {"득표": "3"}
    assert voice.ref.startswith("BS-1908-")
    assert voice.citizen.is_anonymous


def test_nobody_is_written_to_and_nobody_is_surveyed(office: Office, tmp_path: Path) -> None:
    taken_in(PETITIONS, tmp_path)
    assert not OutgoingMessage.objects.exists()
    assert not RecordedEvent.objects.filter(kind="voices.voice_closed").exists()


def test_refused_rows_come_back_with_their_reasons(office: Office, tmp_path: Path) -> None:
    result = taken_in(PETITIONS, tmp_path)
    assert counted(result) == (7, 3, 0, 0, 4)
    told = Path(str(result["errors_file"])).read_text(encoding="utf-8-sig")
    for reason in ("날짜로 읽을 수 없습니다", "모두 비어", "지금보다 뒤", "처리상태를 알 수"):
        assert reason in told
    assert "박세라" in told


def test_a_corrected_error_file_brings_the_rest_and_nothing_twice(
    office: Office, tmp_path: Path
) -> None:
    result = taken_in(PETITIONS, tmp_path)
    errors = Path(str(result["errors_file"])).read_text(encoding="utf-8-sig")
    again = taken_in(errors.replace("25:00", "15:00"), tmp_path)
    assert counted(again) == (4, 1, 0, 0, 3)


def test_what_was_settled_elsewhere_is_settled_here(office: Office, tmp_path: Path) -> None:
    taken_in(PETITIONS, tmp_path)
    answered = Voice.objects.get(title="가로등")
    assert (answered.outcome, answered.phase) == ("answered", "closed")
    assert answered.received_at == kst("2026-11-02 15:10")
    assert answered.answered_at == kst("2026-11-05 10:00")
    assert thread_of(answered)[-1].body == "고쳤습니다"
    unable = Voice.objects.get(title="사유지")
    assert (unable.outcome, unable.public_reason) == ("unable", "사유지라 어렵습니다")


def test_a_contact_that_cannot_be_read_is_kept_for_officials(
    office: Office, tmp_path: Path
) -> None:
    taken_in(PETITIONS, tmp_path)
    voice = Voice.objects.get(title="소음")
    assert voice.citizen.is_anonymous
    note = thread_of(voice)[-1]
    assert (note.kind, note.is_public) == ("note", False)
    assert "없음, none" in note.body


def test_a_rehearsal_tries_everything_and_leaves_nothing(office: Office, tmp_path: Path) -> None:
    result = taken_in(PETITIONS, tmp_path, dry_run=True)
    assert counted(result) == (7, 3, 0, 0, 4)
    assert not Voice.objects.exists()
    assert counted(taken_in(PETITIONS, tmp_path)) == (7, 3, 0, 0, 4)


def test_progress_is_told(office: Office, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    taken_in(PROPOSALS, tmp_path, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(5, 5)]


def test_only_who_may_import_imports(office: Office, tmp_path: Path) -> None:
    with pytest.raises(RightMissing):
        taken_in(PROPOSALS, tmp_path, by=office.officer)
    assert counted(taken_in(PROPOSALS, tmp_path, by=office.steward)) == (5, 5, 0, 0, 0)


def test_korean_headers_are_understood() -> None:
    assert columns_suggest(["접수번호", "민원 제목(필수)", "내용", "휴대전화", "비고"]) == {
        "접수번호": "id",
        "민원 제목(필수)": "title",
        "내용": "body",
        "휴대전화": "phone",
    }


def test_a_mapping_wins_over_the_suggestion() -> None:
    found = columns_suggest(["가", "내용", "제목"], mapping={"가": "body", "내용": ""})
    assert found == {"가": "body", "제목": "title"}


def test_a_file_without_any_text_is_refused_and_says_what_it_has() -> None:
    with pytest.raises(ColumnsMissing) as refused:
        columns_suggest(["득표", "비고"])
    assert refused.value.facts["columns"] == ["득표", "비고"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2019-08-31 15:35:26.0", "2019-08-31 15:35:26"),
        ("2019-08-31T15:35", "2019-08-31 15:35"),
        ("2019.8.31", "2019-08-31 09:00"),
        ("2019. 8. 31. 오후 3:05", "2019-08-31 15:05"),
        ("2019년 8월 31일 오전 12시 5분", "2019-08-31 00:05"),
        ("20190831", "2019-08-31 09:00"),
        ("201908311535", "2019-08-31 15:35"),
        ("2019/08/31 06:35:00Z", "2019-08-31 15:35"),
        ("2019-08-31T15:35:00+09:00", "2019-08-31 15:35"),
    ],
)
def test_dates_are_read_as_offices_write_them(text: str, at: str) -> None:
    assert moment_read(text, column="접수일시") == kst(at)


@pytest.mark.parametrize(
    "text", ["어제", "2019-02-30", "2019-13-01", "31/08/2019", "2019-08-31 25:00"]
)
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(RowRefused):
        moment_read(text, column="접수일시")


def test_an_empty_date_is_now() -> None:
    assert moment_read(" ", column="접수일시") is None


CELL = st.text(max_size=60) | st.sampled_from(
    [
        "<b>",
        "<",
        "&lt;script&gt;",
        "2019-08-31 15:35:26.0",
        "9999-12-31",
        "0001-01-01",
        "\0",
        "취하",
    ]
)


@given(st.dictionaries(st.sampled_from(FIELDS), CELL), st.dictionaries(CELL, CELL, max_size=2))
@settings(max_examples=150, deadline=None)
def test_any_row_is_read_or_refused_with_a_reason(
    given: dict[str, str], extra: dict[str, str]
) -> None:
    try:
        row = row_read(given, extra=extra, now=NOW)
    except RowRefused:
        return
    assert row.draft.body
    assert "\0" not in row.draft.body + row.draft.title
    assert row.draft.received_at is not None
    assert row.draft.received_at <= NOW


def test_a_row_the_database_cannot_keep_is_refused_and_the_others_stay(
    office: Office, tmp_path: Path
) -> None:
    rows = "번호,제목,내용,접수일\n1,가,나,1970-01-05\n2,다,라,2026-11-02\n"
    result = taken_in(rows, tmp_path)
    assert counted(result) == (2, 1, 0, 0, 1)
    told = Path(str(result["errors_file"])).read_text(encoding="utf-8-sig")
    assert "너무 오래되었습니다" in told


LAMP_FILE = (
    "번호,제목,내용,가로등 번호,몇 개,비고\n"
    "1,꺼짐,가로등이 꺼짐,가-12,3,급함\n"
    "2,꺼짐,가로등이 꺼짐,가-13,셋,\n"
)


def test_the_citys_own_fields_are_columns_too(office: Office, tmp_path: Path) -> None:
    use_form(
        {
            "lamp_no": {"label": {"ko": "가로등 번호"}, "type": "text", "required": True},
            "lamps": {"label": {"ko": "몇 개"}, "type": "number"},
        }
    )
    result = taken_in(LAMP_FILE, tmp_path)
    assert counted(result) == (2, 1, 0, 0, 1)
    assert Voice.objects.get().attributes == {"lamp_no": "가-12", "lamps": 3, "비고": "급함"}


def test_a_mapping_may_name_an_own_field(office: Office, tmp_path: Path) -> None:
    use_form({"note": {"label": {"ko": "적어 둔 것"}, "type": "text"}})
    (tmp_path / "a.csv").write_text("제목,비고\n꺼짐,급함\n", encoding="utf-8")
    voices_import(tmp_path / "a.csv", now=NOW, mapping={"비고": "field.note"})
    assert Voice.objects.get().attributes == {"note": "급함"}
    with pytest.raises(ColumnsMissing):
        voices_import(tmp_path / "a.csv", now=NOW, mapping={"비고": "field.nothing"})
