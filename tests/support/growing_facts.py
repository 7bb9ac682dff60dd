"""The scenes of `tests.support.growing`, one after another; each tells its facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg
from django.db.migrations.loader import MigrationLoader

from tenants.context import city_role
from tenants.errors import UnknownCity
from tenants.provisioning import applying
from tenants.provisioning.applied import cities_behind, city_histories
from tenants.provisioning.capture import capture
from tenants.provisioning.migrating import (
    CitiesMigrated,
    MigrationPlan,
    apply_plan,
    cities_migrate,
)
from tenants.provisioning.owner import raw_connection
from tenants.provisioning.replay import migrate_schema
from tenants.provisioning.verifying import city_verify
from tenants.schema import migrations_on_disk
from tests.benchmarks.trips import counting
from tests.support.safe_migrations import own_later_migrations, recorded, refusals
from tests.support.shape import differences, history_of, shape_of

if TYPE_CHECKING:
    from tests.support.growing import Garden

CODES = ("busan", "seoul", "jeju")


def ask(statement: str) -> list[Any]:
    return [list(row) for row in raw_connection().execute(statement.encode()).fetchall()]


def change(statement: str) -> None:
    raw_connection().execute(statement.encode())


def told(done: CitiesMigrated) -> dict[str, Any]:
    return {"applied": done.applied, "failed": done.failed}


def against_busan() -> dict[str, list[str]]:
    """What differs from the city that Django migrated: tables, rights and recorded migrations."""
    wanted = shape_of("busan") + history_of("busan")
    return {
        code: differences(wanted, shape_of(code) + history_of(code)) for code in ("seoul", "jeju")
    }


def trees(code: str) -> list[str]:
    return [name for (name,) in ask(f"SELECT name FROM {code}.growing_tree ORDER BY id")]  # noqa: S608


def names_on_disk(garden: Garden) -> bool:
    """The cheap list of files and Django's graph agree."""
    garden.grow(2)
    return migrations_on_disk() == set(MigrationLoader(None).graph.nodes)


def one_is_ahead(garden: Garden) -> dict[str, Any]:
    """Jeju has the first of two migrations already; a content type is nobody's business."""
    before = ask("SELECT count(*) FROM public.django_content_type")
    migrate_schema("busan")
    migrate_schema("jeju", [("growing", "0001_trees")])
    facts = {"behind": cities_behind(), **told(cities_migrate()), "differences": against_busan()}
    facts["content_types"] = [before, ask("SELECT count(*) FROM public.django_content_type")]
    facts["trees"] = trees("seoul")
    facts["rights"] = {
        code: ask(
            f"SELECT has_table_privilege('{city_role(code)}', 'seoul.growing_tree', 'INSERT')"
        )[0][0]
        for code in CODES
    }
    return facts


def left_to_django(garden: Garden) -> dict[str, Any]:
    """Python, no transaction, a look into the database: with captured ones before and after."""
    garden.grow(6)
    needed = {("growing", name) for name in sorted(each.stem for each in garden.folder.glob("0*"))}
    steps = capture(needed, like="seoul")
    migrate_schema("busan")
    return {
        "reasons": {step.key[1]: step.by_django for step in steps},
        **told(cities_migrate()),
        "differences": against_busan(),
        "trees": {code: trees(code) for code in CODES},
    }


def nothing_to_do(garden: Garden) -> dict[str, Any]:
    with counting() as seen:
        done = cities_migrate()
    return {**told(done), **seen.exact()}


def one_fails(garden: Garden) -> dict[str, Any]:
    """In Seoul the second of two migrations meets a column that somebody made by hand."""
    change("ALTER TABLE seoul.growing_root ADD COLUMN depth text")
    garden.grow(8)
    migrate_schema("busan")
    first = told(cities_migrate())
    half = ask(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'seoul.growing_leaf'::regclass"
        " AND attname = 'width'"
    )
    change("ALTER TABLE seoul.growing_root DROP COLUMN depth")
    second = told(cities_migrate())
    return {
        "first": first,
        "half": half,
        "second": second,
        "differences": against_busan(),
        "verified": {code: city_verify(code) for code in CODES},
    }


def undo(code: str, *names: str) -> None:
    """Take back the newest migrations, by hand."""
    columns = {"0007_wider": ("leaf", "width"), "0008_deeper": ("root", "depth")}
    for name in names:
        table, column = columns[name]
        change(f"ALTER TABLE {code}.growing_{table} DROP COLUMN {column}")
        change(f"DELETE FROM {code}.django_migrations WHERE name = '{name}'")  # noqa: S608


def killed_between_cities(garden: Garden) -> dict[str, Any]:
    """The process ends when the second city's turn comes; the next run does what is left."""
    for code in CODES:
        undo(code, "0008_deeper", "0007_wider")

    def die(code: str) -> None:
        if code == "jeju":  # busan is done, jeju begins, seoul would be the last
            raise KeyboardInterrupt

    try:
        cities_migrate(progress=die)
    except KeyboardInterrupt:
        left = cities_behind()
    return {"left": left, **told(cities_migrate())}


def somebody_reads(garden: Garden) -> dict[str, Any]:
    """A long report in Seoul holds a table that the migration wants."""
    for code in CODES:
        undo(code, "0008_deeper")
    applying.LOCK_SECONDS = 0.3
    with psycopg.connect(
        raw_connection().info.dsn, password=raw_connection().info.password
    ) as other:
        other.execute("SELECT count(*) FROM seoul.growing_root")
        busy = told(cities_migrate())
    return {"busy": busy, "afterwards": told(cities_migrate())}


def another_was_faster(garden: Garden) -> dict[str, Any]:
    """Between the look and the turn of a city, another process migrates it."""
    for code in CODES:
        undo(code, "0008_deeper")
    done = told(cities_migrate(progress=migrate_schema))
    rows = ask("SELECT count(*) FROM seoul.django_migrations WHERE name = '0008_deeper'")
    return {**done, "rows": rows}


def another_was_faster_at_python(garden: Garden) -> dict[str, Any]:
    """What was planned is there already, and more on top of it, with the city's data in it."""
    (seoul,) = city_histories(["seoul"])
    since = {key for key in seoul.keys if key[0] == "growing" and key[1] >= "0003"}
    older = replace(seoul, keys=seoul.keys - since)
    plan = MigrationPlan([older], capture(since, like="seoul"))
    table = "SELECT 'seoul.growing_root'::regclass::oid"
    before = ask(table)
    done = told(apply_plan(plan))
    return {**done, "is_same_table": ask(table) == before, "history": against_busan()["seoul"]}


def history_torn(garden: Garden) -> dict[str, Any]:
    change("DELETE FROM jeju.django_migrations WHERE name = '0002_growth'")
    done = told(cities_migrate())
    change(
        "INSERT INTO jeju.django_migrations (app, name, applied)"
        " VALUES ('growing', '0002_growth', now())"
    )
    return {**done, "again": told(cities_migrate())}


def only_named_cities(garden: Garden) -> dict[str, Any]:
    undo("seoul", "0008_deeper")
    undo("jeju", "0008_deeper")
    return {**told(cities_migrate(["jeju"])), "left": cities_behind()}


def not_served(garden: Garden) -> dict[str, Any]:
    """A closed city is left alone; a code that no city has is unknown."""
    cities_migrate()
    change("UPDATE public.tenants_city SET status = 'closed' WHERE code = 'jeju'")
    undo("jeju", "0008_deeper")
    try:
        cities_migrate(["ulsan"])
        refused = ""
    except UnknownCity as failure:
        refused = failure.code
    return {"behind": cities_behind(), "named": cities_behind(["jeju"]), "refused": refused}


def schema_lost(garden: Garden) -> dict[str, Any]:
    """A city is listed as open, and its schema is not there."""
    change(
        "UPDATE public.tenants_city SET code = 'ulsan', schema_name = 'ulsan',"
        " region_code = 'ulsan', status = 'open' WHERE code = 'jeju'"
    )
    made = ask("SELECT count(*) FROM pg_tables WHERE schemaname IN ('ulsan', 'extensions')")
    return {**told(cities_migrate()), "made": made}


LATER = {
    "0009_outside": """
    atomic = False
    dependencies = [("growing", "0008_deeper")]
    operations = [AddIndexConcurrently("Root", models.Index(fields=["depth"], name="root_deep"))]
""",
    "0010_unsafe": """
    dependencies = [("growing", "0009_outside")]
    operations = [
        migrations.AddField("Root", "needed", models.IntegerField(default=1)),
        migrations.AddIndex("Tree", models.Index(fields=["name"], name="tree_slow")),
        migrations.AlterField("Tree", "height", models.BigIntegerField(db_default=3)),
        migrations.RemoveField("Leaf", "width"),
        migrations.AddField("Leaf", "tree", models.ForeignKey(
            "growing.Tree", models.CASCADE, null=True, related_name="+")),
    ]
""",
    "0011_allowed": """
    allowed = {"ban-drop-table": "nothing has read it since the last release"}
    dependencies = [("growing", "0010_unsafe")]
    operations = [migrations.DeleteModel("Fruit")]
""",
}


def linted(garden: Garden) -> dict[str, Any]:
    """What squawk says of the SQL that each migration really ran: two safe ones, and later ones."""
    cities_migrate(["seoul"])
    undo("seoul", "0008_deeper", "0007_wider")
    for name, body in LATER.items():
        garden.plant(name, body)
    names = [name for label, name in own_later_migrations([garden.folder.parent])]
    wanted = [("growing", name) for name in names if name >= "0007"]
    steps = list(recorded("seoul", wanted))
    return {
        "later": names,
        "rules": {step.name: sorted({one.rule for one in refusals(step)}) for step in steps},
        "statements": sum(len(step.statements) for step in steps),
    }


BEFORE = [
    names_on_disk,
    one_is_ahead,
    left_to_django,
    nothing_to_do,
    one_fails,
    killed_between_cities,
    somebody_reads,
    another_was_faster,
    another_was_faster_at_python,
    history_torn,
    only_named_cities,
]
AFTERWARDS = [not_served, schema_lost, linted]
