"""What the wizard knows of a government, the standard and the plugin before anything is made."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from customization.public import Loaded, plugin_list, standard_tree
from sodam.ui.document_words import kind_words
from sodam.ui.words import is_english
from tenants.selectors import CityRow, city_list, region_codes, region_counts

ADMINISTRATIVE = "mois"


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """A government that may be opened. `residents` None: no count is known."""

    code: str
    name: str
    other_name: str
    short_name: str
    residents: int | None
    admin_code: str


def regions_to_open() -> list[RegionFacts]:
    """The governments of today that have no city yet, in their customary order."""
    rows = [row for row in city_list(on=timezone.localdate()) if row.status == "not_open"]
    counts, codes = region_counts(), region_codes(ADMINISTRATIVE)
    return [_facts(row, counts.get(row.code, (None,))[0], codes.get(row.code, "")) for row in rows]


def region_facts(code: str) -> RegionFacts | None:
    """A government of today, opened or not."""
    rows = [row for row in city_list(on=timezone.localdate()) if row.code == code]
    if not rows:
        return None
    counts, codes = region_counts(), region_codes(ADMINISTRATIVE)
    return _facts(rows[0], counts.get(code, (None,))[0], codes.get(code, ""))


def _facts(row: CityRow, residents: int | None, admin_code: str) -> RegionFacts:
    names = (row.name_en, row.name_ko) if is_english() else (row.name_ko, row.name_en)
    return RegionFacts(row.code, *names, row.short_name_ko, residents, admin_code)


def own_plugin(code: str) -> Loaded | None:
    """The plugin of this government, when it can be used."""
    return next((one for one in plugin_list() if one.plugin.code == code), None)


def documents_by_kind(version: str) -> list[tuple[str, int]]:
    """How many documents of each kind a release of the standard brings, in the order of lists."""
    tree, words = standard_tree(version), kind_words()
    order = [*words, *(kind for kind in tree if kind not in words)]
    return [(words.get(kind, kind), len(tree.get(kind, {}))) for kind in order if tree.get(kind)]
