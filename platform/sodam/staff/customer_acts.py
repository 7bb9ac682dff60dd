"""What an official writes down of a citizen through a small form: one table of acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from core_crm.customers import services
from core_crm.customers.selectors import citizen_card, citizen_get, survivor_of
from sodam.staff import customer_forms as given
from sodam.staff.customer_pick import bodies, people
from sodam.staff.small_acts import Act, Doing, Side, pages_of


def _consent(do: Doing) -> Any:
    told = do.told
    return services.consent_set(
        do.subject,
        told["purpose"],
        told["channel"],
        told["answer"] == "yes",
        source="official",
        by_name=do.by.name,
        reason=told["reason"],
        now=do.now,
    )


ACTS: tuple[Act, ...] = (
    Act(
        code="note",
        word=gettext_lazy("메모 쓰기"),
        button=gettext_lazy("남기기"),
        done=gettext_lazy("메모를 남겼습니다."),
        run=lambda do: services.note_add(do.subject, do.told["text"], **do.common),
        form=given.NoteForm,
    ),
    Act(
        code="consent",
        word=gettext_lazy("동의 적기"),
        button=gettext_lazy("적기"),
        done=gettext_lazy("시민의 뜻을 적었습니다."),
        lead=gettext_lazy(
            "시민이 말한 대로만 적습니다. 시민은 동의 화면에서 스스로 바꿀 수 있습니다."
        ),
        run=_consent,
        form=given.ConsentForm,
    ),
    Act(
        code="contact",
        word=gettext_lazy("연락처 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("연락처를 더했습니다."),
        run=lambda do: services.contact_add(do.subject, **do.told, source="staff", **do.common),
        form=given.ContactForm,
    ),
    Act(
        code="contact-end",
        word=gettext_lazy("연락처 그만 쓰기"),
        button=gettext_lazy("그만 쓰기"),
        done=gettext_lazy("그 연락처를 더는 쓰지 않습니다."),
        lead=gettext_lazy("지우지 않고 언제까지 썼는지 남깁니다."),
        run=lambda do: services.contact_end(do.about, on=do.told["on"], **do.common),
        form=given.DayForm,
        among=lambda card: card.contacts,
    ),
    Act(
        code="fact",
        word=gettext_lazy("날짜 적기"),
        button=gettext_lazy("적기"),
        done=gettext_lazy("날짜를 적었습니다."),
        lead=gettext_lazy("종류마다 하나만 남습니다. 다시 적으면 앞의 날짜를 바꿉니다."),
        run=lambda do: services.dated_fact_set(do.subject, **do.told, **do.common),
        form=given.FactForm,
    ),
    Act(
        code="fact-remove",
        word=gettext_lazy("날짜 지우기"),
        button=gettext_lazy("지우기"),
        done=gettext_lazy("날짜를 지웠습니다."),
        lead=gettext_lazy("틀렸거나 더는 필요하지 않은 날짜를 지웁니다. 되돌릴 수 없습니다."),
        run=lambda do: services.dated_fact_remove(do.about, **do.common),
        among=lambda card: card.dated_facts,
    ),
    Act(
        code="relation",
        word=gettext_lazy("관계 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("관계를 적었습니다."),
        run=lambda do: services.relation_add(do.subject, do.about, **do.but("q"), **do.common),
        form=given.RelationForm,
        finds=people,
    ),
    Act(
        code="relation-end",
        word=gettext_lazy("관계 끝내기"),
        button=gettext_lazy("끝내기"),
        done=gettext_lazy("관계가 끝난 날을 적었습니다."),
        run=lambda do: services.relation_end(do.about, on=do.told["on"], **do.common),
        form=given.DayForm,
        among=lambda card: [*card.relations, *card.relations_to],
    ),
    Act(
        code="twin",
        word=gettext_lazy("같은 사람 알리기"),
        button=gettext_lazy("알리기"),
        done=gettext_lazy(
            "두 고객을 견주어 볼 것으로 올렸습니다. 합칠지는 기준정보 담당이 정합니다."
        ),
        lead=gettext_lazy(
            "한 사람이 두 번 적혔다면 다른 쪽을 찾아 고릅니다. 저절로 합쳐지지 않습니다."
        ),
        run=lambda do: services.pair_open(do.subject, do.about, **do.common),
        form=given.PickForm,
        finds=people,
    ),
    Act(
        code="household",
        word=gettext_lazy("같은 세대로 묶기"),
        button=gettext_lazy("묶기"),
        done=gettext_lazy("같은 세대로 묶었습니다."),
        lead=gettext_lazy("다른 세대에 있었다면 그 세대에서 나옵니다."),
        run=lambda do: services.household_join(
            do.subject, with_citizen=do.about, **do.but("q"), **do.common
        ),
        form=given.HouseholdForm,
        finds=people,
    ),
    Act(
        code="household-leave",
        word=gettext_lazy("세대에서 나가기"),
        button=gettext_lazy("나가기"),
        done=gettext_lazy("세대에서 나왔습니다."),
        run=lambda do: services.household_leave(do.subject, **do.common),
    ),
    Act(
        code="membership",
        word=gettext_lazy("소속 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("소속을 적었습니다."),
        run=lambda do: services.membership_add(do.about, do.subject, **do.but("q"), **do.common),
        form=given.MembershipForm,
        finds=bodies,
    ),
    Act(
        code="membership-end",
        word=gettext_lazy("소속 끝내기"),
        button=gettext_lazy("끝내기"),
        done=gettext_lazy("소속이 끝난 날을 적었습니다."),
        run=lambda do: services.membership_end(do.about, on=do.told["on"], **do.common),
        form=given.DayForm,
        among=lambda card: card.memberships,
    ),
)


def _citizen(citizen_id: UUID) -> Any:
    return survivor_of(citizen_get(citizen_id))


SIDE = Side("staff_customer", _citizen, citizen_card)
PAGES = pages_of(SIDE, ACTS)
