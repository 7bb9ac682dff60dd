"""The actions of a workflow's steps that the voices room does itself, and those of plugins."""

from __future__ import annotations

from core_crm.common.contributions import PREFIX
from core_crm.common.custom_fields import read_each
from core_crm.extension_points import workflow_actions
from core_crm.voices.errors import AttributeNotSettable
from core_crm.voices.selectors.case_view import case_view
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.selectors.procedure import status_label
from core_crm.voices.services.act import Act
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.notices import notice_queue
from core_crm.voices.services.requested import OF_PLUGINS, register_action
from core_crm.voices.types import EntryKind
from core_crm.workflows import RequestedAction

LONGEST_NOTE = 2000


def note_add(act: Act, asked: RequestedAction) -> None:
    """`add_note`: an internal note with the document's text."""
    _note(act, asked.arguments["text"])


def template_send(act: Act, asked: RequestedAction) -> None:
    """`send_template`: tell the citizen by one of the city's wordings, once for this act.

    Beside what every notice knows, the wording may name the new state as ((status)).
    """
    voice = act.voice
    told = status_label(voice.status, digest=voice.workflow_digest, language=voice.language)
    key = notice_queue(
        voice,
        template=asked.arguments["template"],
        key=f"step:{voice.version + 1}:{asked.code}",
        now=act.now,
        by=act.by,
        context={"status": told},
    )
    if key:
        entry_add(voice, kind=EntryKind.NOTICE, body=told, by=act.by, now=act.now, message_key=key)


def attribute_set(act: Act, asked: RequestedAction) -> None:
    """`set_attribute`: fill in one of the city's own fields, read as if a person had typed it.

    Raises AttributeNotSettable.
    """
    code, text = asked.arguments["field"], asked.arguments["value"]
    form = voice_form()
    if code not in form.fields or form.fields[code].retired:
        raise AttributeNotSettable(f"서식에 없는 항목입니다: {code}", field=code)
    read = read_each(form.only(code), {code: text})
    if code not in read:
        label = form.fields[code].label.ko
        raise AttributeNotSettable(f"‘{label}’ 항목에 넣을 수 없는 값입니다.", field=code)
    act.voice.attributes = {**act.voice.attributes, **read}


def plugin_run(act: Act, asked: RequestedAction) -> None:
    """`x.<plugin>.<code>`: values kept under the plugin's own prefix, and perhaps a note.

    A plugin that is switched off here does nothing; one that fails has given its neutral answer.
    """
    added = workflow_actions.get(asked.do)
    if added is None:
        return
    result = added.what.run(case_view(act.voice), dict(asked.arguments), act.now)
    own = {f"{PREFIX}.{added.plugin}.{name}": value for name, value in result.attributes.items()}
    act.voice.attributes = {**act.voice.attributes, **own}
    if result.note.strip():
        _note(act, result.note)


def _note(act: Act, text: str) -> None:
    entry_add(
        act.voice,
        kind=EntryKind.NOTE,
        body=text[:LONGEST_NOTE],
        by=None,
        now=act.now,
        is_public=False,
    )


def register_own_actions() -> None:
    """Called once, when the room is loaded."""
    register_action("add_note", note_add)
    register_action("send_template", template_send)
    register_action("set_attribute", attribute_set)
    register_action(OF_PLUGINS, plugin_run)
