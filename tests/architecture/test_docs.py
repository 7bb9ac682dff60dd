"""Documentation that leads somewhere: every link inside the repository ends at a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.test_layout import ROOT, tracked

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", tracked("*.md"), ids=lambda page: str(page.relative_to(ROOT)))
def test_docs_link_only_to_what_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    inside = [
        to for to in LINK.findall(text) if not to.startswith(("http://", "https://", "mailto:"))
    ]
    assert [to for to in inside if not (page.parent / to).exists()] == []
