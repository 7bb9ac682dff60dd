"""Is everything moving: told in figures, without a person."""

from __future__ import annotations

from tenants.alive import PROVISIONER, alive_mark, is_alive
from tests.sodam.console.test_standard import Visitor, visitor

__all__ = ["visitor"]


def test_every_open_city_stands_there_in_figures(visitor: Visitor) -> None:
    page = visitor("operator").get("/health").content.decode()
    assert page.index("부산광역시") < page.index("서울특별시")
    assert "세종특별자치시" not in page
    assert "바로 할 일" in page


def test_a_part_that_is_not_heard_of_is_named(visitor: Visitor) -> None:
    assert not is_alive(PROVISIONER)
    assert "보이지 않음" in visitor("operator").get("/health").content.decode()
    alive_mark(PROVISIONER)
    page = visitor("approver").get("/health").content.decode()
    assert "살아 있음" in page.split("작업 프로세스")[1][:120]
    assert visitor("analyst").get("/health").status_code == 403
