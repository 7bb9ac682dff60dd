"""Plugins are loaded one by one; what is wrong with one stops nobody else."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core_crm.extension_points import Document, DocumentMissing, ExtensionPoint
from customization.plugin_api import API_VERSION, Plugin, PluginNotValid, is_compatible
from customization.public import plugin_list, plugin_quarantined_list
from customization.registry.binding import Guarded, questions, resolver
from customization.registry.discovery import Candidate, candidates, from_package
from customization.registry.loading import Plugins, load_all
from plugins._template import PLUGIN as TEMPLATE
from tenants.context import current_city
from tenants.scope import Scope, current_scope
from tests.conftest import ServedCity

HEAD = "from customization.plugin_api import Plugin\n"
GOOD = HEAD + "PLUGIN = Plugin(code='good', name='좋음', api=(1, 0))"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Candidate]]:
    """Write a throw-away package of these lines; a candidate to load it."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def write(name: str, source: str, **others: str) -> Candidate:
        folder = tmp_path / name
        folder.mkdir()
        for module, text in {"__init__": source, **others}.items():
            (folder / f"{module}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        importlib.invalidate_caches()
        return from_package(name)

    yield write
    for name in set(sys.modules) - before:
        del sys.modules[name]


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
    "a question nobody asks": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), answers={'weather': 'json:JSONEncoder'})",
    "an answer that is not there": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), answers={'documents': 'json:Nothing'})",
    "an answer that lacks methods": HEAD
    + "PLUGIN = Plugin(code='x', name='x', api=(1, 0), answers={'documents': 'json:JSONEncoder'})",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_plugin_is_left_out_with_its_reason_and_the_next_one_works(
    package: Callable[..., Candidate], source: str
) -> None:
    found = [package("broken_one", source), package("good_one", GOOD)]
    plugins = load_all(found, points=questions())
    assert list(plugins.loaded) == ["good"]
    assert [each.origin for each in plugins.quarantined] == ["broken_one"]
    assert plugins.quarantined[0].reason


def test_of_two_plugins_with_one_code_the_first_is_kept(
    package: Callable[..., Candidate],
) -> None:
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


def serving_plugin(code: str) -> Scope:
    """The scope being served, for a city that uses this plugin."""
    scope = current_scope.get()
    assert scope is not None
    return replace(scope, city=replace(current_city(), plugin=code))


def template_in_use() -> Plugins:
    plugins = load_all([from_package("plugins._template")], points=questions())
    assert plugins.quarantined == ()
    return plugins


def test_a_city_is_answered_by_its_own_plugin_and_others_by_the_standard(
    busan: ServedCity,
) -> None:
    documents = questions()["documents"]
    resolve = resolver(template_in_use(), documents)
    assert resolve() is None
    token = current_scope.set(serving_plugin("template"))
    try:
        received = resolve().get("template", "voice_received")
        answered = resolve().get("template", "voice_answered")
    finally:
        current_scope.reset(token)
    standard = documents.standard
    assert received.body["version"].endswith("-template")
    assert received.digest != standard.get("template", "voice_received").digest
    assert answered == standard.get("template", "voice_answered")


def test_a_city_whose_plugin_is_in_quarantine_gets_the_standard_answers(
    busan: ServedCity,
) -> None:
    resolve = resolver(Plugins(), questions()["documents"])
    token = current_scope.set(serving_plugin("gone"))
    try:
        assert resolve() is None
    finally:
        current_scope.reset(token)


class Failing:
    def get(self, kind: str, code: str) -> Document:
        if kind == "form":
            raise DocumentMissing("없음", kind=kind, code=code)
        raise ZeroDivisionError


def test_a_failing_answer_is_logged_by_name_and_answered_by_the_standard(
    caplog: pytest.LogCaptureFixture,
) -> None:
    standard = questions()["documents"].standard
    answer = Guarded("harbour", Failing(), standard=standard)
    assert answer.get("template", "voice_received") == standard.get("template", "voice_received")
    assert [vars(record)["plugin"] for record in caplog.records] == ["harbour"]


def test_a_refusal_of_a_plugin_is_an_answer() -> None:
    answer = Guarded("harbour", Failing(), standard=questions()["documents"].standard)
    with pytest.raises(DocumentMissing):
        answer.get("form", "any")


def test_an_extension_point_is_bound_once() -> None:
    point: ExtensionPoint[str] = ExtensionPoint("test", "standard")
    assert point.get() == "standard"
    point.bind(lambda: "own")
    assert point.get() == "own"
    with pytest.raises(ValueError, match="already bound"):
        point.bind(lambda: None)
