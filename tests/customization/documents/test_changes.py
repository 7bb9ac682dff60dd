"""From a draft to documents in force, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from core_crm.calendars import city_calendar
from core_crm.extension_points import document
from core_crm.staff.errors import RightMissing
from core_crm.staff.models import Official
from customization.documents import services
from customization.documents.errors import ChangeConflict, ChangeNotAllowed, DocumentsNotValid
from customization.documents.models import Change, Manifest
from customization.documents.selectors import in_force
from customization.documents.services.changing import _tried
from customization.documents.services.planning import is_risky, plan_operations
from customization.documents.types import STANDARD_MANIFEST, ChangeStatus
from customization.resolution.operations import Operation, apply, operation
from customization.resolution.trees import ABSENT, Path, value_at
from tenants.context import serving_city
from tests.conftest import ServedCity, kst
from tests.support.voices import an_office, person

NOW = kst("2026-11-24 10:00")
OPENS = ("calendar", "office", "opens_at")
SUBJECT = ("template", "voice_answered", "texts", "ko", "subject")


def writer_and_approver() -> tuple[Official, Official]:
    office = an_office()
    return office.admin, person("approver", "한승인", office.civil, "approver")


@pytest.fixture
def people(busan: ServedCity) -> tuple[Official, Official]:
    """Who writes, and who decides."""
    return writer_and_approver()


def wanting(path: Path, wanted: Any) -> Operation:
    return operation(path, seen=value_at(in_force().tree, path), wanted=wanted)


def approved(people: tuple[Official, Official], *operations: Operation, **more: Any) -> Change:
    writer, approver = people
    change = services.change_draft(operations, title="시험", by=writer, now=NOW, **more)
    change = services.change_submit(change, actor=None, now=NOW)
    return services.change_decide(change, approve=True, by=approver, actor=None, now=NOW)


def applied(people: tuple[Official, Official], *operations: Operation) -> Manifest:
    return services.change_apply(approved(people, *operations), actor=None, now=NOW)


def test_a_city_that_published_nothing_has_the_standard(busan: ServedCity) -> None:
    found = in_force()
    assert found.number == STANDARD_MANIFEST
    assert found.operations == ()


def test_an_approved_change_comes_into_force(people: tuple[Official, Official]) -> None:
    before = in_force()
    manifest = applied(people, wanting(OPENS, "08:30"))
    after = in_force()
    assert after.number == manifest.number == before.number + 1
    assert value_at(after.tree, OPENS) == "08:30"
    assert after.digest != before.digest
    assert [(one.path, one.wanted, one.seen) for one in after.operations] == [
        (OPENS, "08:30", value_at(before.tree, OPENS))
    ]


def test_nobody_decides_their_own_risky_change(people: tuple[Official, Official]) -> None:
    department = people[0].department
    writer = person("both", "서둘다", department, "admin", "approver")
    change = services.change_draft([wanting(OPENS, "08:30")], title="시험", by=writer, now=NOW)
    assert change.is_risky
    change = services.change_submit(change, actor=None, now=NOW)
    with pytest.raises(ChangeNotAllowed):
        services.change_decide(change, approve=True, by=writer, actor=None, now=NOW)


def test_a_harmless_one_may_be_decided_alone(people: tuple[Official, Official]) -> None:
    writer, _approver = people
    change = services.change_draft([wanting(SUBJECT, "답변")], title="시험", by=writer, now=NOW)
    assert not change.is_risky
    change = services.change_submit(change, actor=None, now=NOW)
    services.change_decide(change, approve=True, by=writer, actor=None, now=NOW)
    services.change_apply(change, actor=None, now=NOW)
    assert value_at(in_force().tree, SUBJECT) == "답변"


def test_who_may_not_change_settings_does_not(people: tuple[Official, Official]) -> None:
    writer, approver = people
    with pytest.raises(RightMissing):
        services.change_draft([wanting(OPENS, "08:30")], title="시험", by=approver, now=NOW)
    change = services.change_draft([wanting(OPENS, "08:30")], title="시험", by=writer, now=NOW)
    change = services.change_submit(change, actor=None, now=NOW)
    stranger = person("other", "오담당", writer.department, "officer")
    with pytest.raises(RightMissing):
        services.change_decide(change, approve=True, by=stranger, actor=None, now=NOW)


def test_what_is_not_approved_is_not_applied(people: tuple[Official, Official]) -> None:
    writer, approver = people
    change = services.change_draft([wanting(OPENS, "08:30")], title="시험", by=writer, now=NOW)
    with pytest.raises(ChangeNotAllowed):
        services.change_apply(change, actor=None, now=NOW)
    change = services.change_submit(change, actor=None, now=NOW)
    change = services.change_decide(change, approve=False, by=approver, actor=None, now=NOW)
    assert change.status == ChangeStatus.REJECTED
    with pytest.raises(ChangeNotAllowed):
        services.change_apply(change, actor=None, now=NOW)


def test_a_wrong_change_is_not_submitted(people: tuple[Official, Official]) -> None:
    writer, _approver = people
    wrong = wanting(("calendar", "office", "open_at"), "08:30")
    change = services.change_draft([wrong], title="시험", by=writer, now=NOW)
    with pytest.raises(DocumentsNotValid, match="혹시 'opens_at'") as refused:
        services.change_submit(change, actor=None, now=NOW)
    assert refused.value.facts["problems"][0]["path"] == ["calendar", "office", "open_at"]


def test_two_changes_of_one_place_meet(people: tuple[Official, Official]) -> None:
    first = approved(people, wanting(OPENS, "08:30"))
    second = approved(people, wanting(OPENS, "08:00"))
    services.change_apply(first, actor=None, now=NOW)
    with pytest.raises(ChangeConflict, match=r"calendar\.office\.opens_at"):
        services.change_apply(second, actor=None, now=NOW)
    assert value_at(in_force().tree, OPENS) == "08:30"


def test_two_changes_of_two_places_do_not(people: tuple[Official, Official]) -> None:
    first = approved(people, wanting(OPENS, "08:30"))
    second = approved(people, wanting(SUBJECT, "답변"))
    services.change_apply(second, actor=None, now=NOW)
    services.change_apply(first, actor=None, now=NOW)
    tree = in_force().tree
    assert (value_at(tree, OPENS), value_at(tree, SUBJECT)) == ("08:30", "답변")


def test_a_rollback_is_a_new_version_with_the_old_digest(
    people: tuple[Official, Official],
) -> None:
    first = applied(people, wanting(OPENS, "08:30"))
    applied(people, wanting(SUBJECT, "답변"))
    back = services.rollback(first.number, now=NOW, actor=None)
    assert (back.number, back.digest) == (first.number + 2, first.digest)
    standard = services.rollback(STANDARD_MANIFEST, now=NOW, actor=None)
    assert standard.digest == in_force(STANDARD_MANIFEST).digest
    assert standard.operations == []


def test_what_came_into_force_never_changes(people: tuple[Official, Official]) -> None:
    manifest = applied(people, wanting(OPENS, "08:30"))
    for act in (lambda: manifest.save(), lambda: manifest.delete()):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            act()


def test_a_change_waits_for_its_day(people: tuple[Official, Official]) -> None:
    later = NOW + timedelta(days=3)
    approved(people, wanting(OPENS, "08:30"), effective_from=later)
    assert services.changes_apply_due(now=NOW) == []
    (manifest,) = services.changes_apply_due(now=later)
    assert manifest.effective_from == later
    assert services.changes_apply_due(now=later) == []


def test_a_due_change_that_no_longer_fits_holds_up_nobody(
    people: tuple[Official, Official],
) -> None:
    approved(people, wanting(OPENS, "08:30"), effective_from=NOW)
    approved(people, wanting(OPENS, "08:00"), effective_from=NOW + timedelta(minutes=1))
    approved(people, wanting(SUBJECT, "답변"), effective_from=NOW + timedelta(minutes=2))
    done = services.changes_apply_due(now=NOW + timedelta(hours=1))
    assert len(done) == 2
    assert value_at(in_force().tree, OPENS) == "08:30"
    assert value_at(in_force().tree, SUBJECT) == "답변"


def test_the_rooms_read_what_is_in_force_and_other_cities_do_not(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        before = document("calendar", "office").digest
        applied(writer_and_approver(), wanting(OPENS, "08:30"))
        assert document("calendar", "office").digest != before
        early = kst("2026-11-25 08:30")
        assert city_calendar().working_seconds(early, early + timedelta(minutes=30)) == 1800
    with serving_city("seoul"):
        assert document("calendar", "office").digest == before


def test_reading_documents_asks_the_database_nothing(
    two_cities: tuple[str, str], django_assert_num_queries: Any
) -> None:
    with serving_city("busan"):
        document("calendar", "office")
        with django_assert_num_queries(0):
            for _ in range(3):
                document("calendar", "office")
                document("workflow", "voice")


def test_nobody_writes_into_the_change_of_another_to_decide_it_themselves(
    people: tuple[Official, Official],
) -> None:
    writer, _approver = people
    both = person("both", "서둘다", writer.department, "admin", "approver")
    change = services.change_draft([wanting(SUBJECT, "답변")], title="시험", by=writer, now=NOW)
    with pytest.raises(ChangeNotAllowed, match="다른 사람이 쓴 변경안"):
        services.change_edit(change, [wanting(OPENS, "08:30")], by=both)
    services.change_edit(change, [wanting(OPENS, "08:30")], by=writer)


@pytest.mark.parametrize(
    "path",
    [
        ("form", "voice", "fields", "pet", "retention_days"),
        ("form", "voice", "fields", "pet", "mask"),
        ("code_list", "services", "services", "passport_issue", "department_role"),
    ],
)
def test_two_decide_what_is_shown_forgotten_or_sent_elsewhere(path: Path) -> None:
    assert is_risky([operation(path, seen="a", wanted="b")])


def test_a_due_change_that_somebody_applied_meanwhile_stops_no_other(
    people: tuple[Official, Official],
) -> None:
    change = approved(people, wanting(SUBJECT, "답변"), effective_from=NOW)
    services.change_apply(change, actor=None, now=NOW)
    assert _tried(change, now=NOW) is None


@pytest.mark.parametrize(
    ("path", "value", "is_risky_then"),
    [
        (("form", "voice", "fields", "plate"), {"personal_data": "personal"}, True),
        (("form", "voice", "fields", "plate", "personal_data"), "sensitive", True),
        (("form", "voice", "fields", "lamp"), {"personal_data": "none"}, False),
        (("form", "voice", "fields", "plate", "label"), {"ko": "차량 번호"}, False),
        (("template", "voice_received", "texts", "ko", "sms"), "글", False),
        (("kpi", "reduction", "weight"), "40", True),
    ],
)
def test_two_people_decide_what_moves_scores_or_asks_for_something_personal(
    path: tuple[str, ...], value: object, is_risky_then: bool
) -> None:
    assert is_risky([operation(path, seen=ABSENT, wanted=value)]) is is_risky_then


def test_two_decide_to_take_a_personal_field_out_or_to_call_it_none() -> None:
    place: Path = ("form", "voice", "fields", "guardian")
    personal = {"type": "text", "personal_data": "personal", "mask": "name"}
    assert is_risky([operation(place, seen=personal, wanted=ABSENT)])
    assert is_risky([operation(place, seen=personal, wanted={"type": "text"})])
    assert not is_risky([operation(place, seen={"type": "text"}, wanted=ABSENT)])


def test_a_personal_field_is_retired_and_never_taken_out(
    people: tuple[Official, Official],
) -> None:
    place = ("form", "voice", "fields", "plate")
    field = {
        "label": {"ko": "차량 번호", "en": "Plate"},
        "type": "text",
        "personal_data": "personal",
        "mask": "all",
    }
    found = in_force()
    asked = apply(found.tree, [operation(place, seen=ABSENT, wanted=field)])
    had = replace(found, tree=asked)
    gone = plan_operations([operation(place, seen=field, wanted=ABSENT)], now_in_force=had)
    retired = operation((*place, "retired"), seen=ABSENT, wanted=True)
    assert [one.path for one in gone.problems] == [place]
    assert plan_operations([retired], now_in_force=had).problems == ()


def test_going_back_keeps_a_personal_field_retired(people: tuple[Official, Official]) -> None:
    writer, _approver = people
    place = ("form", "voice", "fields", "plate")
    field = {
        "label": {"ko": "차량 번호", "en": "Plate"},
        "type": "text",
        "personal_data": "personal",
        "mask": "all",
        "sort": 1,
    }
    applied(people, operation(place, seen=ABSENT, wanted=field))
    services.rollback_ask(STANDARD_MANIFEST, by=writer, actor=None, now=NOW)
    assert value_at(in_force().tree, (*place, "retired")) is True
    back = services.rollback(STANDARD_MANIFEST, now=NOW, actor=None)
    assert value_at(in_force(back.number).tree, (*place, "retired")) is True


def test_a_way_back_is_not_rewritten_by_hand(people: tuple[Official, Official]) -> None:
    writer, _approver = people
    applied(people, wanting(OPENS, "08:30"))
    asked = services.rollback_ask(STANDARD_MANIFEST, by=writer, actor=None, now=NOW)
    assert isinstance(asked, Change)
    with pytest.raises(ChangeNotAllowed):
        services.change_edit(asked, [wanting(OPENS, "07:00")], by=writer)
