"""Plugins are loaded one by one; what is wrong with one stops nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from core_crm.extension_points import Document, DocumentMissing, ExtensionPoint, panels
from customization.plugin_api import API_VERSION, Plugin, PluginNotValid, is_compatible
from customization.public import plugin_list, plugin_quarantined_list
from customization.registry.binding import Guarded, questions, uses_here
from customization.registry.discovery import candidates
from customization.registry.health import health_list
from customization.registry.loading import load_all
from plugins._template import PLUGIN as TEMPLATE
from tenants.context import current_city
from tenants.scope import current_scope
from tests.conftest import ServedCity
from tests.support.plugins import HEAD, Know, Write, forget

GOOD = HEAD + "PLUGIN = Plugin(code='good', name='좋음', api=(1, 0))"

PANEL = """
def show(case, today): return None
PLUGIN = Plugin(code="boxes", name="상자", api=(1, 1), permissions=(Permission.CASES,),
    contributes=(Panel(code="box", label_ko="상자", label_en="Box", show=show),))
"""

BROKEN = {
    "an import that fails": "import no_such_thing",
    "a syntax error": "def (",
    "no PLUGIN": "",
    "another kind of object": "PLUGIN = {'code': 'busan'}",
    "a way out of the process": "raise SystemExit(1)",
    "endless recursion": "def f(): f()\nf()",
    "a newer contract": HEAD + "PLUGIN = Plugin(code='x', name='x', api=(1, 99))",
    "another major contract": HEAD + "PLUGIN = Plugin(code='x', name='x', api=(2, 0))",
    "a code with a capital": HEAD + "PLUGIN = Plugin(code='X', name='x', api=(1, 0))",
    "no name": HEAD + "PLUGIN = Plugin(code='x', name=' ', api=(1, 0))",
    "a version that is none": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), version='new')",
    "a permission unsaid": HEAD
    + PANEL.replace("permissions=(Permission.CASES,),", "permissions=(),"),
    "a contribution twice": HEAD + PANEL.replace("show=show),)", "show=show),) * 2"),
    "a configuration without defaults": HEAD
    + "from pydantic import BaseModel\nclass C(BaseModel):\n    a: int\n"
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), config=C)",
    "a question nobody asks": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), answers={'weather': 'json:JSONEncoder'})",
    "an answer that is not there": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), answers={'documents': 'json:Nothing'})",
    "an answer that lacks methods": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), answers={'documents': 'json:JSONEncoder'})",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_plugin_is_left_out_with_its_reason_and_the_next_one_works(
    package: Write, source: str
) -> None:
    found = [package("broken_one", source), package("good_one", GOOD)]
    plugins = load_all(found, points=questions())
    assert list(plugins.loaded) == ["good"]
    assert [each.origin for each in plugins.quarantined] == ["broken_one"]
    assert plugins.quarantined[0].reason


DOCUMENTS = HEAD + (
    "PLUGIN = Plugin(code='papers', name='문서', api=(1, 1), permissions=(Permission.DOCUMENTS,),"
    " documents=Path(__file__).parent / 'documents')"
)


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("documents/kpi/odd.yaml", "label: [", "odd.yaml is no YAML"),
        ("documents/kpi/Odd.yaml", "{}", "'Odd' is no code"),
        ("documents/weather/odd.yaml", "{}", "그런 종류의 문서는 없습니다"),
        ("documents/kpi/odd.yaml", "labell: {ko: 가}", "kpi.x.papers.odd"),
        ("documents/kpi/odd.yaml", "a: " + "x" * 200_001, "larger than"),
    ],
)
def test_a_document_that_is_none_keeps_its_plugin_out(
    package: Write, file: str, text: str, reason: str
) -> None:
    plugins = load_all([package("papers", DOCUMENTS, **{file: text})], points=questions())
    assert reason in plugins.quarantined[0].reason


def test_of_two_plugins_with_one_code_the_first_is_kept(package: Write) -> None:
    plugins = load_all([package("one", GOOD), package("two", GOOD)], points=questions())
    assert plugins.loaded["good"].origin == "one"
    assert "taken" in plugins.quarantined[0].reason


def test_the_same_major_and_no_newer_minor_is_compatible() -> None:
    major, minor = API_VERSION
    assert is_compatible((major, minor))
    assert not is_compatible((major, minor + 1))
    assert not is_compatible((major + 1, 0))


def test_an_answer_must_be_named_as_module_and_class() -> None:
    with pytest.raises(PluginNotValid, match="module:Class"):
        Plugin(code="x", name="x", api=(1, 0), answers={"documents": "plugins.x"})


def test_the_template_is_not_loaded_by_itself() -> None:
    assert not [each for each in candidates() if "_template" in each.origin]
    assert TEMPLATE.code not in [each.plugin.code for each in plugin_list()]
    assert plugin_quarantined_list() == []


@contextmanager
def own_plugin(code: str) -> Iterator[None]:
    """As if this were the own plugin of the government being served."""
    scope = current_scope.get()
    assert scope is not None
    own = replace(scope, city=replace(current_city(), plugin=code))
    token = current_scope.set(own)
    try:
        yield
    finally:
        current_scope.reset(token)


def test_a_city_starts_with_its_own_plugin_and_others_without(
    busan: ServedCity, know: Know
) -> None:
    know(boxes=PANEL)
    assert panels.all() == ()
    forget()
    with own_plugin("boxes"):
        assert [one.code for one in panels.all()] == ["x.boxes.box"]


def test_a_city_whose_plugin_is_in_quarantine_works_without(busan: ServedCity, know: Know) -> None:
    know(boxes="import no_such_thing")
    with own_plugin("boxes"):
        assert uses_here() == ()
        assert panels.all() == ()


class Failing:
    def get(self, kind: str, code: str) -> Document:
        if kind == "form":
            raise DocumentMissing("없음", kind=kind, code=code)
        raise ZeroDivisionError


def test_a_failing_answer_is_noted_by_name_and_answered_by_the_standard(
    busan: ServedCity, caplog: pytest.LogCaptureFixture
) -> None:
    standard = questions()["documents"].standard
    answer = Guarded("harbour", Failing(), standard=standard)
    assert answer.get("template", "voice_received") == standard.get("template", "voice_received")
    assert [vars(record)["plugin"] for record in caplog.records] == ["harbour"]


def test_a_refusal_of_a_plugin_is_an_answer(busan: ServedCity) -> None:
    answer = Guarded("harbour", Failing(), standard=questions()["documents"].standard)
    with pytest.raises(DocumentMissing):
        answer.get("form", "any")
    assert health_list() == {}


def test_an_extension_point_is_bound_once() -> None:
    point: ExtensionPoint[str] = ExtensionPoint("test", "standard")
    assert point.get() == "standard"
    point.bind(lambda: "own")
    assert point.get() == "own"
    with pytest.raises(ValueError, match="already bound"):
        point.bind(lambda: None)
