"""A workflow as a Mermaid `stateDiagram-v2`, for documents and other programs."""

from __future__ import annotations

from core_crm.workflows.interpreter import Workflow
from core_crm.workflows.types import ENDS, Label, StandardState


def mermaid(workflow: Workflow, language: str = "ko") -> str:
    """Every state and every step; ends that lead nowhere go to the final mark."""
    steps = workflow.steps()
    lines = ["stateDiagram-v2"]
    lines += [
        f'    state "{_text(one.label, language)}" as {code}' for code, one in workflow.states()
    ]
    lines.append(f"    [*] --> {workflow.initial}")
    for _code, step in steps:
        label = _text(step.label, language)
        lines += [f"    {source} --> {step.target}: {label}" for source in step.source]
    sources = {source for _code, step in steps for source in step.source}
    lines += [
        f"    {code} --> [*]"
        for code, one in workflow.states()
        if one.category in ENDS and (code not in sources or one.maps_to == StandardState.CLOSED)
    ]
    return "\n".join(lines) + "\n"


def _text(label: Label, language: str) -> str:
    """What would end a quoted text or a label in Mermaid is shown as a look-alike."""
    text = label.en if language == "en" else label.ko
    return " ".join(text.split()).replace('"', "'").replace(":", "∶").replace(";", "；")
