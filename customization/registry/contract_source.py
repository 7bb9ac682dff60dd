"""What a plugin's source imports: the doors, rooms' types, Python's library, its own package."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

DOORS = re.compile(
    r"customization\.plugin_(api|testing)"
    r"|core_crm\.(extension_points|events)"
    r"|core_crm\.(\w+\.)+types(\.\w+)*"
)
OURS = ("core_crm", "customization", "plugins", "sodam", "tenants")
REFUSED = ("ctypes", "django", "django_tenants", "multiprocessing", "psycopg", "subprocess")
BY_NAME = ("__import__", "eval", "exec", "import_module")


def private_imports(folder: Path, package: str) -> list[str]:
    """Each use of something private, as `file:line what`; none when all is well."""
    return [
        f"{path.relative_to(folder)}:{line} {what}"
        for path in sorted(folder.rglob("*.py"))
        for line, what in _in(ast.parse(path.read_text(encoding="utf-8")), package)
    ]


def _in(tree: ast.Module, package: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for name in _names(node):
            if _is_private(name, package):
                yield node.lineno, name  # type: ignore[attr-defined]  # imports and calls have one


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [_imported(node.module or "", each.name) for each in node.names]
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return [called] if called in BY_NAME else []
    return []


def _imported(module: str, name: str) -> str:
    """`from core_crm import kpis` means the package, `from core_crm.kpis.types import X` a name."""
    return f"{module}.{name}" if module in OURS or module == "core_crm" else module


def _is_private(name: str, package: str) -> bool:
    if name == package or name.startswith(f"{package}."):
        return False
    top = name.partition(".")[0]
    if top in OURS:
        return not DOORS.fullmatch(name)
    return top in REFUSED or name in BY_NAME
