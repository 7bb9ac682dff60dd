"""What conditions on citizens are worked out from: histories, days, consents, memberships."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Greatest, Least, Left

from core_crm.customers.models import (
    AcquiredMember,
    DatedFact,
    Membership,
    Participation,
    TimelineEntry,
)
from core_crm.customers.selectors.consents import consenting

ROW = "pk"
MINE, ALIASES = {"citizen": OuterRef(ROW)}, {"citizen__merged_into": OuterRef(ROW)}
"""Rows are the citizen's, or of one who was merged into them: two look-ups, each in its index."""


def truth(condition: Q) -> Expression:
    """True or false, never null."""
    holds = When(condition, then=Value(value=True))
    return Case(holds, default=Value(value=False), output_field=BooleanField())


def is_filled(column: str) -> Expression:
    return truth(~Q(**{column: ""}))


def first_at(*kinds: str) -> Expression:
    """When the first of these happened to the citizen; null if never."""
    mine, aliases = (_moment("at", kinds, owner) for owner in (MINE, ALIASES))
    return ExpressionWrapper(Least(mine, aliases), output_field=DateTimeField())


def last_at(*kinds: str) -> Expression:
    """When the last of these happened to the citizen; null if never."""
    mine, aliases = (_moment("-at", kinds, owner) for owner in (MINE, ALIASES))
    return ExpressionWrapper(Greatest(mine, aliases), output_field=DateTimeField())


def _moment(order: str, kinds: tuple[str, ...], owner: dict[str, OuterRef]) -> Subquery:
    found = TimelineEntry.objects.filter(**owner, kind__in=kinds).order_by(order)
    return Subquery(found.values("at")[:1], output_field=DateTimeField())


def times(*kinds: str) -> Expression:
    """How often these happened to the citizen: 0 when never."""
    return ExpressionWrapper(
        counted(TimelineEntry.objects.filter(**MINE, kind__in=kinds))
        + counted(TimelineEntry.objects.filter(**ALIASES, kind__in=kinds)),
        output_field=IntegerField(),
    )


def counted(found: QuerySet[TimelineEntry] | QuerySet[Participation]) -> Coalesce:
    """How many rows: 0 when there are none."""
    one = found.order_by().annotate(_all=Value(1)).values("_all")
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)


def age(today: date | None) -> Expression:
    """Full years on the day (만 나이); null without a date of birth, or without a day."""
    return Func(
        Value(today, output_field=DateField()),
        F("birth_on"),
        template="EXTRACT(YEAR FROM AGE(%(expressions)s))::int",
        output_field=IntegerField(),
    )


def district() -> Expression:
    """The 시·군·구 of the citizen's 행정동: ten digits that end in five zeros; "" unknown."""
    inside = Concat(Left("district_code", 5), Value("00000"))
    unknown = When(district_code="", then=Value(""))
    return Case(unknown, default=inside, output_field=CharField())


def dated_fact(kind: str) -> Expression:
    """The day of this kind; null when none is known."""
    found = DatedFact.objects.filter(**MINE, kind=kind).values("on")[:1]
    return ExpressionWrapper(Subquery(found, output_field=DateField()), output_field=DateField())


def agrees(purpose: str, channel: str, *, today: date | None) -> Expression:
    """May one write to the citizen for this, on that day? Without a day to nobody."""
    if today is None:
        return Value(value=False, output_field=BooleanField())
    return truth(consenting(purpose, channel, today=today))


def has_need(code: str) -> Expression:
    return truth(Q(needs__contains=[code]))


def participations() -> Expression:
    """How often the citizen came to anything."""
    return ExpressionWrapper(
        counted(Participation.objects.filter(**MINE)), output_field=IntegerField()
    )


def last_participation() -> Expression:
    found = Participation.objects.filter(**MINE).order_by("-on").values("on")[:1]
    return ExpressionWrapper(Subquery(found, output_field=DateField()), output_field=DateField())


def came_to(kind: str) -> Expression:
    return truth(Q(Exists(Participation.objects.filter(**MINE, occasion__kind=kind))))


def is_acquired(*, only: bool) -> Expression:
    """On an acquired list in force; `only`: known to us by it alone."""
    found = AcquiredMember.objects.filter(**MINE, acquired_list__ended_at__isnull=True)
    return truth(Q(Exists(found.filter(is_new=True) if only else found)))


def acts_for_a_body(today: date | None, *roles: str) -> Expression:
    """A member of an organisation on the day."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=today or date.max)
    found = Membership.objects.filter(in_force, **MINE)
    return truth(Q(Exists(found.filter(role__in=roles) if roles else found)))
