"""`/studio/changes/compare`: two versions that were in force, side by side."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from customization.public import diff, ground, in_force, manifest_list
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.differences import counted, grouped
from sodam.studio.yaml_lines import yaml_differences


@require_GET
@studio_page
def compare(request: StudioRequest) -> HttpResponseBase:
    """`?from=` and `?to=` name versions; 0 is the standard alone. Raises ManifestUnknown."""
    newest = in_force()
    earlier = in_force(_number(request, "from", max(newest.number - 1, 0)))
    later = in_force(_number(request, "to", newest.number))
    operations = diff(earlier.tree, later.tree)
    as_yaml = request.GET.get("as") == "yaml"
    places = {(one.path[0], one.path[1]) for one in operations if len(one.path) > 1}
    facts = {
        "earlier": earlier,
        "later": later,
        "numbers": [one.number for one in manifest_list()[:50]] + [0],
        "groups": grouped(operations, standard=ground(later.standard_version), now=earlier.tree),
        "counts": counted(operations),
        "as_yaml": as_yaml,
        "yaml": yaml_differences(earlier.tree, later.tree, places) if as_yaml else [],
        "found": later,
        "here": f"from={earlier.number}&to={later.number}&",
        "place": "changes",
    }
    return show(request, "studio/compare.html", facts)


def _number(request: StudioRequest, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else default
