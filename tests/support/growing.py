"""What the owner does while an app grows: run as its process, tells what happened as JSON.

The app `growing` lies in a folder of its own (`growing_settings`), there for this process only.
Busan is always migrated by Django, the yardstick; Seoul and Jeju by captured SQL.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

import django

from tests.support.growing_settings import FOLDER

HEAD = """
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
"""
TREE = 'migrations.CreateModel("Tree", [("id", models.BigAutoField(primary_key=True)), {}])'
NAME = '("name", models.CharField(max_length=20, unique=True))'
MIGRATIONS = {
    "0001_trees": f"""
    initial = True
    dependencies = []
    operations = [
        {TREE.format(NAME)},
        migrations.CreateModel(
            "Fruit",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("tree", models.ForeignKey("growing.Tree", models.CASCADE, related_name="+")),
                ("weight", models.IntegerField(default=1)),
            ],
            options={{
                "indexes": [models.Index(fields=["-weight", "tree"], name="fruit_heavy")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(weight__gte=0), name="fruit_weight")
                ],
            }},
        ),
    ]
""",
    "0002_growth": """
    dependencies = [("growing", "0001_trees")]
    operations = [
        migrations.AddField("Tree", "height", models.IntegerField(db_default=3)),
        migrations.AddField("Tree", "seen_at", models.DateTimeField(db_default=Now())),
        migrations.AddIndex("Tree", models.Index(fields=["height"], name="tree_height")),
        migrations.RunSQL("INSERT INTO growing_tree (name) VALUES ('100% oak')"),
    ]
""",
    "0003_by_python": """
    def plant(apps, editor):
        with editor.connection.cursor() as cursor:
            cursor.execute("INSERT INTO growing_tree (name) SELECT current_schema()")

    dependencies = [("growing", "0002_growth")]
    operations = [migrations.RunPython(plant)]
""",
    "0004_outside": """
    atomic = False
    dependencies = [("growing", "0003_by_python")]
    operations = [
        AddIndexConcurrently("Tree", models.Index(fields=["seen_at"], name="tree_seen")),
    ]
""",
    "0005_asks": """
    dependencies = [("growing", "0004_outside")]
    operations = [migrations.AlterField("Tree", "name", models.CharField(max_length=20))]
""",
    "0006_two_tables": """
    dependencies = [("growing", "0005_asks")]
    operations = [
        migrations.CreateModel("Leaf", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel("Root", [("id", models.BigAutoField(primary_key=True))]),
    ]
""",
    "0007_wider": """
    dependencies = [("growing", "0006_two_tables")]
    operations = [migrations.AddField("Leaf", "width", models.IntegerField(db_default=1))]
""",
    "0008_deeper": """
    dependencies = [("growing", "0007_wider")]
    operations = [migrations.AddField("Root", "depth", models.IntegerField(db_default=1))]
""",
}


class Garden:
    """The app's folder, made by the settings; `grow(2)` makes its first two migrations exist."""

    def __init__(self) -> None:
        self.folder = FOLDER / "growing" / "migrations"

    def grow(self, count: int) -> None:
        for name, text in list(MIGRATIONS.items())[:count]:
            self.plant(name, text)

    def plant(self, name: str, body: str) -> None:
        """One more migration, from the body of its class."""
        (self.folder / f"{name}.py").write_text(HEAD + body, encoding="utf-8")
        importlib.invalidate_caches()


def main() -> None:
    django.setup()
    from tests.support import growing_archives, growing_facts, growing_waves

    garden = Garden()
    scenes: list[Callable[[Garden], Any]] = [
        *growing_facts.BEFORE,
        *growing_waves.SCENES,
        *growing_facts.AFTERWARDS,
        *growing_archives.SCENES,
    ]
    print(json.dumps({scene.__name__: scene(garden) for scene in scenes}))  # noqa: T201


if __name__ == "__main__":
    main()
