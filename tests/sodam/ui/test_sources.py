"""What the strict content policy and the catalogue ask of templates, styles and scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SODAM = Path(__file__).resolve().parents[3] / "platform" / "sodam"
TEMPLATES = sorted(SODAM.glob("*/templates/**/*.html"))
KOREAN_WORD = re.compile("[가-힣]{2,}")
TAGS_AND_COMMENTS = re.compile(
    r"\{% comment %\}.*?\{% endcomment %\}|\{% blocktranslate.*?\{% endblocktranslate %\}"
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
NAMES_OF_LANGUAGES = {"한국어"}


def name(path: Path) -> str:
    return str(path.relative_to(SODAM))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    markup = path.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle\s*=\s*["\']', markup)
    assert not re.search(r"<style|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)", markup)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_korean_stands_outside_the_catalogue(path: Path) -> None:
    left = TAGS_AND_COMMENTS.sub("", path.read_text(encoding="utf-8"))
    words = {line.strip() for line in re.findall(r"[^<>\n]*[가-힣][^<>\n]*", left)}
    assert words <= NAMES_OF_LANGUAGES


@pytest.mark.parametrize("path", sorted(SODAM.glob("ui/static/ui/**/*.js")), ids=name)
def test_no_script_evaluates_text_or_speaks_korean_of_its_own(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script, flags=re.DOTALL)
    assert not re.search(r"\beval\(|new Function", code)
    assert not KOREAN_WORD.search(code)


@pytest.mark.parametrize("path", sorted(SODAM.glob("ui/static/ui/**/*.css")), ids=name)
def test_no_style_asks_another_host(path: Path) -> None:
    assert not re.search(r"url\(['\"]?https?:|@import", path.read_text(encoding="utf-8"))
