"""The operator sees every plugin: the governments' own, and those left out with their reason."""

from __future__ import annotations

from tests.sodam.console.test_standard import Visitor, visitor
from tests.support.plugins import Know, know, package

__all__ = ["know", "package", "visitor"]


def test_all_governments_are_listed_in_their_order(visitor: Visitor) -> None:
    page = visitor("operator").get("/plugins").content.decode()
    assert page.index("서울특별시") < page.index("부산광역시") < page.index("제주특별자치도")
    assert "쓸 수 있음 16" in page
    assert "빼 둔 것 0" in page


def test_one_left_out_stands_on_top_with_its_reason(visitor: Visitor, know: Know) -> None:
    know(broken="import no_such_thing")
    page = visitor("approver").get("/plugins").content.decode()
    assert "빼 둔 것 1" in page
    assert page.index("no_such_thing") < page.index("서울특별시")
    assert "표준 그대로" in page or "문서만 다름" in page


def test_nobody_else_sees_them(visitor: Visitor) -> None:
    assert visitor("analyst").get("/plugins").status_code == 403
