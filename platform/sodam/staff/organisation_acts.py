"""What an official writes down of a body through a small form: members, contacts, notes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from core_crm.customers import services
from core_crm.customers.selectors import organisation_card, organisation_get
from sodam.staff.customer_forms import ContactForm, DayForm, NoteForm
from sodam.staff.customer_pick import anybody
from sodam.staff.organisation_forms import MemberForm
from sodam.staff.small_acts import Act, Side, pages_of

ACTS: tuple[Act, ...] = (
    Act(
        code="member",
        word=gettext_lazy("담당자 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("담당자를 더했습니다."),
        lead=gettext_lazy("이 법인·단체를 위해 연락하는 사람을 부서와 직책과 함께 적습니다."),
        form=MemberForm,
        run=lambda do: services.membership_add(do.subject, do.about, **do.but("q"), **do.common),
        finds=lambda words, _body: anybody(words),
    ),
    Act(
        code="member-end",
        word=gettext_lazy("소속 끝내기"),
        button=gettext_lazy("끝내기"),
        done=gettext_lazy("소속이 끝난 날을 적었습니다."),
        form=DayForm,
        run=lambda do: services.membership_end(do.about, on=do.told["on"], **do.common),
        among=lambda card: card.members,
    ),
    Act(
        code="contact",
        word=gettext_lazy("연락처 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("연락처를 더했습니다."),
        form=ContactForm,
        run=lambda do: services.contact_add(do.subject, **do.told, source="staff", **do.common),
    ),
    Act(
        code="contact-end",
        word=gettext_lazy("연락처 그만 쓰기"),
        button=gettext_lazy("그만 쓰기"),
        done=gettext_lazy("그 연락처를 더는 쓰지 않습니다."),
        lead=gettext_lazy("지우지 않고 언제까지 썼는지 남깁니다."),
        form=DayForm,
        run=lambda do: services.contact_end(do.about, on=do.told["on"], **do.common),
        among=lambda card: card.contacts,
    ),
    Act(
        code="note",
        word=gettext_lazy("메모 쓰기"),
        button=gettext_lazy("남기기"),
        done=gettext_lazy("메모를 남겼습니다."),
        form=NoteForm,
        run=lambda do: services.note_add(do.subject, do.told["text"], **do.common),
    ),
)


def _card(body: Any) -> Any:
    return organisation_card(body, today=timezone.localdate())


SIDE = Side("staff_organisation", organisation_get, _card)
PAGES = pages_of(SIDE, ACTS)
