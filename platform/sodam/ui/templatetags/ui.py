"""`{% load ui %}`: icons, fields, clocks, and Korean ways to write dates, phones and particles."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sodam.ui import clocks, fields
from sodam.ui import words as writing
from sodam.ui.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An inline picture. Without `label` it is decoration, hidden from screen readers."""
    return _icon(name, str(label), css)


@lru_cache(maxsize=2048)  # a list draws the same few pictures hundreds of times
def _icon(name: str, label: str, css: str) -> SafeString:
    paths = format_html_join("", '<path d="{}"/>', ((path,) for path in ICONS[name]))
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" focusable="false" {}>{}</svg>',
        f"sd-i {css}".strip(),
        SafeString(spoken),
        paths,
    )


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, hint: str = "", **options: Any) -> dict[str, Any]:
    """Label, hint, control, counter and error of one form field, tied by aria attributes.

    Options: `counter` (True shows the letters used of maxlength), `rows`, `placeholder`,
    `autocomplete`, `inputmode`, `css` (size classes `s`, `xs`), `is_quiet` (the label is only
    spoken).
    """
    return fields.presented(bound, hint=hint, options=options)


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """What to mend, at the top of the page, each with a link to its field. Empty without errors."""
    return {"problems": [problem for form in forms if form for problem in fields.problems(form)]}


@register.simple_tag
def sla(
    seconds_left: float | None, used_ratio: float = 0.0, state: str = "running", why: str = ""
) -> SafeString:
    """The clock pill: ring = used share of the period, word = working time left.

    `state`: `running`, `paused` (the clock stands still), `left_out` (it does not count today, by
    the article in `why`) or `done`.
    """
    return _sla(clocks.clock(seconds_left, used_ratio=used_ratio, state=state, why=why))


@lru_cache(maxsize=2048)
def _sla(clock: clocks.Clock) -> SafeString:
    return render_to_string("ui/components/sla.html", {"clock": clock})


@register.filter
def korean_datetime(value: datetime | None) -> str:
    """`2026. 3. 5.(목) 14:00`, on Korea's clock."""
    return writing.date_time(timezone.localtime(value)) if value else ""


@register.filter
def korean_date(value: date | datetime | None) -> str:
    """`2026. 3. 5.(목)`."""
    return writing.full_date(_local(value)) if value else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """`3. 5.(목)`: where the year is plain."""
    return writing.short_date(_local(value)) if value else ""


@register.filter
def bare_date(value: date | datetime | None) -> str:
    """`2026. 3. 5.`: where the weekday says nothing."""
    return writing.bare_date(_local(value)) if value else ""


@register.filter
def short_datetime(value: datetime | None) -> str:
    """`3. 5.(목) 14:00`."""
    return writing.short_date_time(timezone.localtime(value)) if value else ""


@register.filter
def day_sentence(value: date | datetime | None) -> str:
    """`12월 3일(목)` in a sentence; `Thu, 3 December` in English."""
    return writing.day_sentence(_local(value)) if value else ""


@register.filter
def phone_local(number: str) -> str:
    """`+821000001234` as people read it: `010-0000-1234`."""
    return writing.phone_local(number)


@register.filter
def josa(word: str, pair: str) -> str:
    """The word with the particle that fits its last sound: `{{ name|josa:"을/를" }}`."""
    return f"{word}{writing.particle(str(word), pair)}"


@register.filter
def number(value: float | None) -> str:
    """`14,306`; `–` where there is no data, never 0."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@register.filter
def percent(ratio: float | None) -> str:
    """A share (0–1) as `91%`."""
    return "–" if ratio is None else f"{ratio * 100:.0f}%"


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to walk over in a template."""
    return text.split()


@register.simple_tag
def required_mark() -> SafeString:
    """The word, not a star, beside a label."""
    return format_html('<span class="sd-req">{}</span>', _("필수"))


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) else value
