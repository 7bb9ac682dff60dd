"""The choices of a step as cards: a name, and what one should know before choosing."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _

from customization.public import standard_release, standard_versions
from sodam.console.opening_draft import NO_PLUGIN
from sodam.console.opening_facts import own_plugin, regions_to_open
from sodam.console.opening_forms import StepForm
from sodam.ui.templatetags.ui import number
from sodam.ui.words import full_date, is_english


@dataclass(frozen=True, slots=True)
class Told:
    """What a card says."""

    title: str
    lines: tuple[str, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One choice, ready to be drawn."""

    id: str
    value: str
    is_chosen: bool
    told: Told


@dataclass(frozen=True, slots=True)
class Cards:
    """A question with its choices. `css` says how many stand beside each other."""

    name: str
    question: str
    hint: str
    css: str
    cards: tuple[Card, ...]
    error: str


def cards_of(step: str, form: StepForm) -> Cards | None:
    """The cards of a step; None when it has none, or nothing to choose from."""
    if step == "region":
        hint = _("오늘 있는 시·도 가운데 아직 열지 않은 곳입니다.")
        return _cards(form["code"], _("시·도"), hint, "", _regions())
    if step == "standard":
        question = _("어느 표준으로 시작할까요?")
        return _cards(form["standard_version"], question, "", "one", _releases())
    if step == "plugin":
        question = _("이 시·도만의 규칙을 켤까요?")
        return _cards(form["plugin"], question, "", "one", _plugins(form.code))
    return None


def _cards(
    bound: BoundField, question: str, hint: str, css: str, told: dict[str, Told]
) -> Cards | None:
    cards = tuple(
        Card(
            id=choice.id_for_label,
            value=str(choice.data["value"]),
            is_chosen=bool(choice.data["selected"]),
            told=told[str(choice.data["value"])],
        )
        for choice in bound
    )
    error = str(bound.errors[0]) if bound.errors else ""
    return Cards(bound.name, question, hint, css, cards, error) if cards else None


def _regions() -> dict[str, Told]:
    told = _("주민 %(n)s명")
    return {
        one.code: Told(one.name, (told % {"n": number(one.residents)},))
        for one in regions_to_open()
    }


def _releases() -> dict[str, Told]:
    return {version: _release(version) for version in standard_versions()}


def _release(version: str) -> Told:
    release = standard_release(version)
    day = _("%(day)s 발표") % {"day": full_date(release.released_on)}
    summary = release.summary.en if is_english() else release.summary.ko
    tag = _("가장 새로움") if version == standard_versions()[-1] else ""
    return Told(_("표준 %(version)s판") % {"version": version}, (day, summary), tag)


def _plugins(code: str) -> dict[str, Told]:
    none = Told(_("표준 그대로"), (_("플러그인 없이 시작합니다. 나중에 켤 수 있습니다."),))
    own = own_plugin(code)
    if own is None:
        return {NO_PLUGIN: none}
    plugin = own.plugin
    version = _("%(version)s판 · %(publisher)s")
    lines = (
        plugin.summary,
        version % {"version": plugin.version, "publisher": plugin.publisher},
    )
    return {plugin.code: Told(plugin.name, lines, _("이 시·도의 것")), NO_PLUGIN: none}
