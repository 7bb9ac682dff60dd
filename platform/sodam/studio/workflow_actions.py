"""A step's actions between the document's keyed map and the few fields of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Body = dict[str, Any]

OWN_ACTIONS = ("add_note", "send_template", "invite_survey")
"""Those the form has fields for. Others (set_attribute) are kept as the document has them."""


def actions_of(given: Body, before: Mapping[str, Any], *, offered: Iterable[str]) -> Body:
    """The map as it will be: the form's actions under the keys they had, the others untouched.

    `offered`: the plugins' actions that the form has boxes for.
    """
    wanted = {
        "add_note": {"text": given["note"].strip()} if given["note"].strip() else None,
        "send_template": {"template": given["template"]} if given["template"] else None,
        "invite_survey": {} if given["survey"] else None,
    }
    boxes = {*OWN_ACTIONS, *offered}
    found = {key: one for key, one in before.items() if one["do"] not in boxes}
    for do, arguments in wanted.items():
        if arguments is not None:
            found[_key(do, before)] = _action(do, arguments)
    for code in given.get("plugin_actions") or ():
        found[_key(code, before)] = _kept(code, before) or _action(code, {})
    return found


def actions_read(actions: Mapping[str, Any]) -> Body:
    """The form's fields for these actions."""
    by_do = {one["do"]: one.get("arguments", {}) for one in actions.values()}
    return {
        "note": by_do.get("add_note", {}).get("text", ""),
        "template": by_do.get("send_template", {}).get("template", ""),
        "survey": "invite_survey" in by_do,
        "plugin_actions": [do for do in by_do if do.startswith("x.")],
    }


def plugin_codes(
    chosen: Iterable[str], before: Mapping[str, str], *, offered: Iterable[str]
) -> Body:
    """Plugins' guards as a keyed map; those of a plugin that is off here stay as they were."""
    keys, boxes = {code: key for key, code in before.items()}, set(offered)
    kept = {key: code for key, code in before.items() if code not in boxes}
    return kept | {keys.get(code, key_of(code)): code for code in chosen}


def key_of(code: str) -> str:
    """A key for a plugin's code: `x.busan.tide` is `busan_tide`."""
    return "_".join(code.split(".")[1:])[:48]


def _key(do: str, before: Mapping[str, Any]) -> str:
    known = next((key for key, one in before.items() if one["do"] == do), "")
    return known or (key_of(do) if do.startswith("x.") else do)


def _kept(do: str, before: Mapping[str, Any]) -> Body | None:
    return next((dict(one) for one in before.values() if one["do"] == do), None)


def _action(do: str, arguments: Body) -> Body:
    return {"do": do, "arguments": arguments} if arguments else {"do": do}
