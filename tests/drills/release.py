"""A copy of the product's sources that can be upgraded in place, as an installation is.

The second release brings three real migrations of the kinds there are: a column (captured SQL), an
index made beside the traffic (by Django, outside a transaction), a table that refers to another
(captured). They widen the tables only; the page that uses the new table asks first whether the city
has it, since a release also serves cities that are not migrated.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("platform", "tenants", "core_crm", "customization", "plugins", "fixtures")
APP = "core_voices"
MIGRATIONS = Path("core_crm/voices/migrations")
HEAD = """
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
"""
COLUMN = """
    dependencies = [("core_voices", "{before}")]
    operations = [
        migrations.SeparateDatabaseAndState(database_operations=[
            migrations.AddField("Voice", "drilled", models.IntegerField(db_default=3)),
        ]),
    ]
"""
INDEX = """
    atomic = False
    dependencies = [("core_voices", "9001_drill_column")]
    operations = [
        migrations.SeparateDatabaseAndState(database_operations=[
            AddIndexConcurrently("Voice", models.Index(fields=["title"], name="drill_title")),
        ]),
    ]
"""
TABLE = """
    dependencies = [("core_voices", "9002_drill_index")]
    operations = [
        migrations.CreateModel("Drill", [
            ("id", models.BigAutoField(primary_key=True)),
            ("voice", models.ForeignKey("core_voices.Voice", models.CASCADE, related_name="+")),
        ]),
    ]
"""
PAGE = """

def _drill(request):
    from django.http import JsonResponse
    from tenants.schema import has_migration
    from tenants.sql import rows

    if not has_migration("core_voices", "9003_drill_table"):
        return JsonResponse({"release": 2, "table": False})
    return JsonResponse({"release": 2, "table": True, "rows": len(rows(
        "SELECT id, (SELECT max(drilled) FROM core_voices_voice) AS d FROM core_voices_drill"))})


urlpatterns = [path("drill", _drill), *urlpatterns]
"""


class Release:
    """The sources in a folder of their own; `second()` changes them while the product runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        skip = shutil.ignore_patterns("node_modules", "__pycache__", "chromium")
        for name in SOURCES:
            shutil.copytree(REPOSITORY / name, folder / name, ignore=skip)
        shutil.copy(REPOSITORY / "pyproject.toml", folder)

    @property
    def path(self) -> str:
        """What comes first on Python's path: these sources, not the installed ones."""
        return os.pathsep.join([str(self.folder), str(self.folder / "platform")])

    def second(self) -> list[str]:
        """Put the next release in place of the first; the names of its migrations."""
        folder = self.folder / MIGRATIONS
        newest = max(path.stem for path in folder.glob("0*.py"))
        bodies = {
            "9001_drill_column": COLUMN.format(before=newest),
            "9002_drill_index": INDEX,
            "9003_drill_table": TABLE,
        }
        for name, body in bodies.items():
            (folder / f"{name}.py").write_text(HEAD + body, encoding="utf-8")
        addresses = self.folder / "platform/sodam/urls/city.py"
        addresses.write_text(addresses.read_text(encoding="utf-8") + PAGE, encoding="utf-8")
        return list(bodies)
