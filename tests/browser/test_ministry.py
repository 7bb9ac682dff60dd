"""The ministry's pages in a browser: by keyboard, without scripts, without colours."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.doors import log_in as come_in
from tests.support.product import RunningSodam

ANALYST = "analyst@ministry.example"
Judge = Callable[[Page], None]
PICKS = 'a[data-pick][aria-current="true"]'

SPOKEN = "(link) => link.getAttribute('aria-label') ?? link.textContent"
LIGHTNESS = """(wanted) => Object.fromEntries([...document.querySelectorAll(wanted)].map((tile) => {
    const [r, g, b] = getComputedStyle(tile).backgroundColor.match(/\\d+/g).map((n) => {
        const part = n / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return [tile.className, y <= 0.008856 ? 903.3 * y : 116 * Math.cbrt(y) - 16];
}))"""
LEAST_STEP = 9  # of L*: two shades of grey that lie in the same legend can be told apart


def log_in(page: Page, product: RunningSodam, path: str = "/") -> None:
    """As the analyst, to a page of the ministry's host."""
    come_in(page, product.url("ministry", "/login"), ANALYST, to=product.url("ministry", path))


@pytest.fixture(scope="session")
def product(running_sodam: RunningSodam) -> RunningSodam:
    """The demo world, its facts carried to the ministry."""
    answer = running_sodam.cli("facts", "refresh", "--all", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["cities"]
    return running_sodam


@pytest.fixture
def analyst(page: Page, product: RunningSodam) -> Page:
    log_in(page, product)
    return page


@pytest.fixture
def without_scripts(browser: Browser, product: RunningSodam) -> Iterator[Page]:
    made = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    tab = made.new_page()
    log_in(tab, product)
    yield tab
    made.close()


def chosen(page: Page) -> set[str]:
    """The government that each view shows as selected."""
    expect(page.locator(PICKS)).to_have_count(3)  # the page may still be on its way
    ids = page.locator(PICKS).evaluate_all("(links) => links.map((link) => link.id)")
    assert len(ids) == 3, ids
    return {str(one)[2:] for one in ids}


def of_region(page: Page, group: str) -> Locator:
    return page.locator(f"[data-picks] a[id^='{group}-']")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?measure=satisfaction&kind=compound&peers=city",
        "/map?measure=received&per=1000",
        "/ranking",
        "/trend?region=busan&with=seoul",
        "/region/busan",
        "/region/busan?slice=category",
        "/region/busan?slice=petition_class&measure=received",
        "/definitions",
        "/submissions",
    ],
)
def test_no_state_has_a_violation_or_scrolls_sideways(
    analyst: Page, product: RunningSodam, judge: Judge, path: str
) -> None:
    analyst.goto(product.url("ministry", path))
    judge(analyst)


def test_the_tables_and_the_high_contrast_are_judged_too(
    analyst: Page, product: RunningSodam, judge: Judge
) -> None:
    for figure in ("ranking", "trend"):
        analyst.locator(f"#{figure} input[value=table]").check()
        expect(analyst.locator(f"#{figure} table")).to_be_visible()
    judge(analyst)
    analyst.context.add_cookies(
        [{"name": "sodam_contrast", "value": "high", "url": product.url("ministry", "/")}]
    )
    analyst.reload()
    expect(analyst.locator("html")).to_have_attribute("data-krds-mode", "high-contrast")
    judge(analyst)


@pytest.mark.parametrize("group", ["t", "m", "r"])
def test_tab_reaches_every_region_and_its_name_value_and_rank_are_spoken(
    analyst: Page, group: str
) -> None:
    links = of_region(analyst, group)
    assert links.count() == 16
    links.first.focus()
    for number in range(16):
        expect(links.nth(number)).to_be_focused()
        said = links.nth(number).evaluate(SPOKEN)
        assert ("위" in said and "곳 가운데" in said) or "미제출" in said, said
        analyst.keyboard.press("Tab")


def test_arrows_walk_over_the_tiles_and_enter_selects_for_all_views(analyst: Page) -> None:
    start = analyst.locator("#t-seoul")
    start.focus()
    analyst.keyboard.press("ArrowRight")
    expect(analyst.locator("#t-gyeonggi")).to_be_focused()
    analyst.keyboard.press("ArrowDown")
    expect(analyst.locator("#t-chungbuk")).to_be_focused()
    for key in ("ArrowUp", "ArrowLeft"):
        analyst.keyboard.press(key)
    expect(start).to_be_focused()
    analyst.keyboard.press("ArrowLeft")
    analyst.keyboard.press("Enter")
    expect(analyst.locator("#t-incheon")).to_have_attribute("aria-current", "true")
    expect(analyst.locator("#t-incheon")).to_be_focused()
    assert chosen(analyst) == {"incheon"}
    spoken = analyst.locator("#m-incheon").get_attribute("aria-label") or ""
    expect(analyst.locator("#live")).to_have_text(spoken)
    expect(analyst.locator("#card-h")).to_have_text("인천광역시")


def test_back_and_the_address_restore_the_view(analyst: Page, judge: Judge) -> None:
    before = chosen(analyst)
    other = "seoul" if before == {"busan"} else "busan"
    analyst.locator(f"#m-{other}").focus()
    analyst.keyboard.press("Enter")
    expect(analyst.locator(f"#r-{other}")).to_have_attribute("aria-current", "true")
    expect(analyst).to_have_url(re.compile(f"region={other}"))
    judge(analyst)
    analyst.go_back()
    expect(analyst.locator(f"#r-{other}")).not_to_have_attribute("aria-current", "true")
    assert chosen(analyst) == before
    analyst.go_forward()
    expect(analyst.locator(f"#r-{other}")).to_have_attribute("aria-current", "true")
    analyst.reload()
    assert chosen(analyst) == {other}


def test_without_scripts_the_links_select_and_the_tables_show(without_scripts: Page) -> None:
    without_scripts.locator("#t-seoul").click()
    assert chosen(without_scripts) == {"seoul"}
    for figure in ("ranking", "trend"):
        expect(without_scripts.locator(f"#{figure} table")).to_be_visible()
    without_scripts.locator("#f-measure").select_option("on_time")
    without_scripts.get_by_role("button", name="조건 적용").click()
    assert "region=seoul" in without_scripts.url
    assert chosen(without_scripts) == {"seoul"}


def test_the_file_holds_what_the_table_shows(analyst: Page, product: RunningSodam) -> None:
    analyst.goto(product.url("ministry", "/ranking?peers=city&kind=simple"))
    link = analyst.locator("#ranking figcaption a[download]")
    address = link.get_attribute("href") or ""
    assert "peers=city" in address
    assert "kind=simple" in address
    text = analyst.evaluate("(address) => fetch(address).then((found) => found.text())", address)
    rows = list(csv.reader(io.StringIO(text)))
    names = analyst.locator("#ranking tbody th").all_inner_texts()
    assert [row[0] for row in rows[1:]] == names
    ranks = analyst.locator("#ranking tbody td:nth-child(2)").all_inner_texts()
    assert [row[1] for row in rows[1:]] == [text.removeprefix("공동 ").strip("–") for text in ranks]


def test_the_way_down_and_back_ends_at_months_and_never_at_a_person(
    wide_page: Page, product: RunningSodam, judge: Judge
) -> None:
    log_in(wide_page, product, "/region/busan")
    wide_page.locator("#parts tbody th a").first.click()
    wide_page.locator("#parts tbody th a").first.click()
    expect(wide_page.locator("#months tbody tr")).to_have_count(12)
    expect(wide_page.locator("#months a.sd-link[href*='/voices']")).to_have_count(0)
    judge(wide_page)
    place = wide_page.get_by_role("navigation", name="지금 위치")
    expect(place.get_by_role("listitem")).to_have_count(5)
    wide_page.go_back()
    expect(place.get_by_role("listitem")).to_have_count(4)
    wide_page.go_back()
    expect(place.get_by_role("listitem")).to_have_count(3)


@pytest.mark.parametrize("mode", ["light", "high-contrast"])
def test_the_classes_are_told_apart_in_grey(
    wide_page: Page, product: RunningSodam, mode: str
) -> None:
    log_in(wide_page, product)
    wide_page.evaluate(
        """(mode) => {
            document.documentElement.dataset.krdsMode = mode;
            const legend = document.querySelector(".sd-leg");
            legend.innerHTML = "";
            for (const n of [1, 2, 3, 4, 5]) {
                const swatch = document.createElement("i");
                swatch.className = `q${n}`;
                legend.append(swatch);
            }
        }""",
        mode,
    )
    shades = wide_page.evaluate(LIGHTNESS, ".sd-leg i")
    in_order = [shades[f"q{n}"] for n in range(1, 6)]
    steps = [abs(later - earlier) for earlier, later in pairwise(in_order)]
    assert min(steps) >= LEAST_STEP, in_order
    assert in_order in (sorted(in_order), sorted(in_order, reverse=True))


def test_in_forced_colours_every_region_keeps_its_number_and_outline(
    wide_page: Page, product: RunningSodam
) -> None:
    wide_page.emulate_media(forced_colors="active")
    log_in(wide_page, product)
    shown = wide_page.locator(".sd-map .names text:not(.inset)")
    tiles = {
        tile.locator("span").first.inner_text(): tile.locator("b").all_inner_texts()
        for tile in of_region(wide_page, "t").all()
    }
    assert shown.count() == 16
    for text in shown.all():
        name, *value = text.locator("tspan").all_text_contents()
        assert len(value) == len(tiles[name])
        assert all(one.startswith(each) for one, each in zip(tiles[name], value, strict=True))
    expect(wide_page.locator(".sd-map .na .over")).to_have_count(
        wide_page.locator(".sd-map .na").count()
    )
    outline = wide_page.locator(".sd-map .land").first.evaluate(
        "(land) => [getComputedStyle(land).stroke, getComputedStyle(land).fill]"
    )
    assert outline[0] != outline[1]
