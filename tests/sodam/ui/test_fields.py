"""A field's label, hint and error are tied together for screen readers."""

from __future__ import annotations

from django import forms
from django.template import Context, Template


class Asked(forms.Form):
    title = forms.CharField(
        label="제목", max_length=100, error_messages={"required": "적어 주세요."}
    )
    place = forms.CharField(label="장소", required=False)
    kind = forms.ChoiceField(
        label="분야", choices=[("a", "길"), ("b", "물")], widget=forms.RadioSelect
    )


def drawn(form: forms.Form, markup: str) -> str:
    return Template("{% load ui %}" + markup).render(Context({"form": form}))


def test_a_wrong_field_is_marked_and_points_to_its_error() -> None:
    html = drawn(Asked({"title": ""}), '{% field form.title hint="짧게" %}')
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert 'id="id_title-error"' in html


def test_required_and_optional_are_said_in_words() -> None:
    html = drawn(Asked(), "{% field form.title %}{% field form.place %}")
    assert "필수" in html
    assert "선택" in html


def test_a_group_of_choices_has_a_legend_and_nothing_is_chosen_beforehand() -> None:
    html = drawn(Asked(), "{% field form.kind %}")
    assert "<legend>분야" in html
    assert "checked" not in html


def test_the_error_summary_links_to_every_wrong_field() -> None:
    html = drawn(Asked({"title": ""}), "{% error_summary form %}")
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert "2곳을 확인해 주세요" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert drawn(Asked(), "{% error_summary form %}").strip() == ""
