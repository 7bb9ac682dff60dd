"""`python -m sodam.ui.catalogue`: gather every sentence of all faces into the English catalogue.

Korean stands in the sources. New sentences get an empty translation, unused ones go, translations
stay. Sentences of named failures, and of refused lines, are gathered from the rooms too: pages
translate them when shown.
GNU gettext is not needed. Exits 1 while a translation is missing.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

REPOSITORY = Path(__file__).resolve().parents[3]
FACES = REPOSITORY / "platform" / "sodam"
ROOMS = (REPOSITORY / "core_crm", REPOSITORY / "tenants")
PREVIEWS = REPOSITORY / "customization" / "preview"
CATALOGUE = Path(__file__).resolve().parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}
REFUSED = "refuse_for"  # a line of a list, with the reason
HANGUL = re.compile("[가-힣]")
STRING = r"u?(?P<{0}>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(
    r"\b(?P<name>_|n?gettext)\(\s*"
    + STRING.format("one")
    + r"(?:\s*,\s*"
    + STRING.format("many")
    + ")?"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text to translate, and the file it stands in."""

    one: str
    many: str
    place: str


def sentences() -> Iterator[Sentence]:
    """Every sentence of the faces' templates and modules, and of the rooms' failures."""
    for path in sorted(FACES.glob("*/templates/**/*.html")):
        yield from _of_template(path)
    for path in sorted(FACES.glob("**/*.py")):
        yield from _of_module(path, failures=False)
    for path in sorted(PREVIEWS.glob("*.py")):
        yield from _of_module(path, failures=False)
    for room in ROOMS:
        for path in sorted(room.glob("**/*.py")):
            yield from _of_module(path, failures=True)


def _of_template(path: Path) -> Iterator[Sentence]:
    for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        many = call["many"] if call["name"] == "ngettext" else None
        one = ast.literal_eval(call["one"])
        yield Sentence(one, ast.literal_eval(many) if many else "", _place(path))


def _of_module(path: Path, *, failures: bool) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if failures and isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from _of_call(node.exc, path)
        elif failures and isinstance(node, ast.Call) and getattr(node.func, "attr", "") == REFUSED:
            yield from _of_call(node, path)
        elif not failures and isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in ONE | MANY:
                yield from _of_call(node, path, has_many=name in MANY)


def _of_call(call: ast.Call, path: Path, *, has_many: bool = False) -> Iterator[Sentence]:
    texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
    words = [text for text in texts if isinstance(text, str) and HANGUL.search(text)]
    if words:
        yield Sentence(words[0], words[1] if has_many and len(words) > 1 else "", _place(path))


def _place(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def gather(known: polib.POFile) -> polib.POFile:
    """A catalogue of today's sentences with the translations known so far."""
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = {
        "Project-Id-Version": "sodam",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    kept = {entry.msgid: entry for entry in known}
    made: dict[str, polib.POEntry] = {}
    for found in sentences():
        entry = made.setdefault(found.one, _entry(found, kept.get(found.one)))
        if (found.place, "") not in entry.occurrences:
            entry.occurrences.append((found.place, ""))
    fresh.extend(sorted(made.values(), key=lambda entry: (entry.occurrences[0], entry.msgid)))
    return fresh


def _entry(found: Sentence, known: polib.POEntry | None) -> polib.POEntry:
    flags = ["python-format"] if re.search(r"%\(\w+\)", found.one) else []
    entry = polib.POEntry(msgid=found.one, msgstr=known.msgstr if known else "", flags=flags)
    if found.many:
        entry.msgid_plural = found.many
        entry.msgstr = ""
        entry.msgstr_plural = dict(known.msgstr_plural) if known else {0: "", 1: ""}
    return entry


def missing(catalogue: polib.POFile) -> list[str]:
    """Sentences without their English."""
    return [entry.msgid for entry in catalogue if not entry.translated()]


def main() -> int:
    """Rewrite the catalogue; say what is missing."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    known = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    fresh = gather(known)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    left = missing(fresh)
    sys.stderr.write(f"{len(fresh)} sentences, {len(left)} without English\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
