"""The scenes of `tests.support.archiving`, one after another; each tells its facts."""

from __future__ import annotations

import csv
import io
import json
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyrage import x25519

from tenants.errors import DomainError
from tenants.provisioning.archive import copying, erasing, keys, places, scanning, tables
from tenants.provisioning.archive.backing_up import city_back_up
from tenants.provisioning.archive.comparing import cities_compare, city_compare_archive
from tenants.provisioning.archive.configuration import ConfigurationText
from tenants.provisioning.archive.copying import rows_out
from tenants.provisioning.archive.exporting import city_export
from tenants.provisioning.archive.files import files_folder
from tenants.provisioning.archive.opening import archive_head, archive_manifest
from tenants.provisioning.archive.restoring import restored_check, rows_restore, schema_for
from tenants.provisioning.archive.switching import schemas_switch
from tenants.provisioning.archive.types import Configuration
from tenants.provisioning.owner import connection_apart, raw_connection
from tenants.provisioning.verifying import city_verify
from tenants.types import Purpose
from tests.support import archiving_steps
from tests.support.environment import run_folder
from tests.support.shape import differences, shape_of

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FOLDER = run_folder() / f"archives-{os.getpid()}"
SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_)'"
NOTHING = ConfigurationText("documents: {}\n", Configuration(number=1, digest="d"))
PLANTED = ("심은이름", "+8210777700", "planted.example", "심은제목", "역\\\\슬래시")


def ask(statement: str) -> list[Any]:
    return [list(row) for row in raw_connection().execute(statement.encode()).fetchall()]


def change(statement: str) -> None:
    raw_connection().execute(statement.encode())


def restore(path: Path, code: str, purpose: Purpose = Purpose.COPY) -> Any:
    places.place_free(code)
    places.place_listed(code, archive_head(path), purpose)
    schema_for(path, code)
    manifest = rows_restore(path, code)
    return restored_check(manifest, code)


def backed_up_and_restored() -> Any:
    made = city_back_up("busan", FOLDER / "busan.age", now=NOW, configuration=NOTHING)
    checked = restore(made.path, "busan_copy")
    places.place_open("busan_copy")
    return {
        "rows": made.manifest.rows,
        "files": made.manifest.files.count,
        "bytes": made.bytes,
        "plain": PLANTED[0].encode() in made.path.read_bytes(),
        "checked": asdict(checked),
        "compared": cities_compare("busan", "busan_copy").as_json(),
        "with_archive": city_compare_archive("busan", made.path).as_json(),
        "verified": city_verify("busan_copy"),
        "shape": shape_of("busan") == shape_of("busan_copy"),
        "next_id": _next_id("busan") == _next_id("busan_copy"),
        "host": ask("SELECT domain FROM tenants_host WHERE domain LIKE 'busan-%'"),
        "listed": ask(
            "SELECT purpose, region_code, status FROM tenants_city WHERE code = 'busan_copy'"
        ),
    }


def _next_id(code: str) -> list[Any]:
    with connection_apart() as raw:
        return [(one.table, one.last) for one in tables.sequences(raw, code)]


def one_letter_differs() -> Any:
    """A changed text, a missing row, a missing file: each is found and named."""
    change("UPDATE busan_copy.core_voices_voice SET title = title || '.' WHERE title LIKE '% 7'")
    change(
        "DELETE FROM busan_copy.core_files_storedfile WHERE id IN"
        " (SELECT id FROM busan_copy.core_files_storedfile LIMIT 1)"
    )
    next(path for path in files_folder("busan_copy").rglob("*") if path.is_file()).unlink()
    return cities_compare("busan", "busan_copy").as_json()["differences"]


def _tried(path: Path) -> str:
    try:
        restore(path, "busan_bad")
    except DomainError as failure:
        places.place_cleared("busan_bad")
        return failure.code
    return "restored"


def broken_archives() -> Any:
    """Each is refused by its name, and nothing is left of any."""
    whole = (FOLDER / "busan.age").read_bytes()
    harmed = {
        "half": whole[: len(whole) // 2],
        "one_bit": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
        "last_byte": whole[:-1],
    }
    found = {}
    for name, data in harmed.items():
        path = FOLDER / f"{name}.age"
        path.write_bytes(data)
        found[name] = _tried(path)
    found["taken"] = _code_of(lambda: places.place_free("busan_copy"))
    found["missing"] = _tried(FOLDER / "nothing.age")
    found["another_key"] = _with_another_key()
    return {"codes": found, "left": erasing.traces_left("busan_bad")}


def _with_another_key() -> str:
    path = keys.demo_key_path()
    mine = path.read_text()
    path.write_text(f"{x25519.Identity.generate()}\n")
    try:
        return _tried(FOLDER / "busan.age")
    finally:
        path.write_text(mine)


def _code_of(work: Callable[[], Any]) -> str:
    try:
        work()
    except DomainError as failure:
        return failure.code
    return ""


def _all_text(code: str) -> str:
    with connection_apart() as raw:
        columns = tables.table_columns(raw, code)
        return "".join(
            piece.decode()
            for table, names in columns.items()
            for piece in rows_out(raw, code, table, columns=names, order=())
        )


def a_training_copy() -> Any:
    """Nobody is in it, and everything else is."""
    made = city_back_up(
        "busan", FOLDER / "training.age", now=NOW, configuration=NOTHING, anonymise=True
    )
    checked = restore(made.path, "busan_training", Purpose.TRAINING)
    before, after = _all_text("busan"), _all_text("busan_training")
    count = "SELECT count(*), count(DISTINCT phone) FROM {}.core_customers_citizen"
    return {
        "differences": checked.differences,
        "before": {value: before.count(value) for value in PLANTED},
        "after": {value: after.count(value) for value in PLANTED},
        "people": [ask(count.format(code)) for code in ("busan", "busan_training")],
        "joined": ask(
            "SELECT count(*) FROM busan_training.core_voices_voice v"
            " JOIN busan_training.core_customers_citizen c ON c.id = v.citizen_id"
        ),
        "passwords": ask(
            "SELECT count(*) FROM busan_training.tenants_accounts_user WHERE password NOT LIKE '!%'"
        ),
        "log_in_twice": ask(
            "SELECT count(*) FROM busan_training.tenants_accounts_user u"
            " JOIN busan.tenants_accounts_user o USING (email)"
        ),
        "files": archive_manifest(made.path).files.count,
        "verified": city_verify("busan_training"),
    }


def switched() -> Any:
    """The copy serves, the city is the copy; asked twice it is done once; and back."""
    change("UPDATE busan_copy.core_voices_voice SET title = '사본의 제목'")
    titles = "SELECT count(*) FROM {}.core_voices_voice WHERE title = '사본의 제목'"
    files = {code: _names(code) for code in ("busan", "busan_copy")}
    schemas_switch("busan", "busan_copy", key="one")
    schemas_switch("busan", "busan_copy", key="one")
    found = {
        "titles": [ask(titles.format(code)) for code in ("busan", "busan_copy")],
        "files": [
            _names("busan") == files["busan_copy"],
            _names("busan_copy") == files["busan"],
            len(files["busan"]) - len(files["busan_copy"]),
        ],
        "verified": {code: city_verify(code) for code in ("busan", "busan_copy")},
        "shape": [
            line
            for line in differences(sorted(shape_of("busan")), sorted(shape_of("seoul")))
            if "COMMENT ON SCHEMA" not in line
        ],
        "generations": ask(
            "SELECT code, generation FROM tenants_city WHERE code LIKE 'busan%' ORDER BY code"
        ),
    }
    schemas_switch("busan", "busan_copy", key="two")
    return {**found, "back": [ask(titles.format(code)) for code in ("busan", "busan_copy")]}


def _names(code: str) -> list[str]:
    folder = files_folder(code)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def exported() -> Any:
    made = city_export("busan", FOLDER / "busan.zip", now=NOW, configuration=NOTHING)
    with zipfile.ZipFile(made.path) as box:
        names = box.namelist()
        lines = box.read("json/core_customers_citizen.jsonl").decode().splitlines()
        cells = list(csv.DictReader(io.StringIO(box.read("csv/core_voices_voice.csv").decode())))
        entries = json.loads(box.read("dictionary.json"))
        sums = box.read("SHA256SUMS").decode().splitlines()
    return {
        "broken": zipfile.ZipFile(made.path).testzip(),
        "names": names,
        "people": [json.loads(line) for line in lines][:2],
        "count": [len(lines), len(cells)],
        "bodies": sorted({cell["body"] for cell in cells}),
        "phone": [
            one
            for one in entries
            if (one["table"], one["column"]) == ("core_customers_citizen", "phone")
        ],
        "described": sorted({one["table"] for one in entries}),
        "sums": len(sums) == len(names) - 1,
    }


def erased() -> Any:
    """Closed, erased, looked for: the city's rows, files, cache and archives are gone."""
    places.place_cleared("busan_copy")
    places.place_cleared("busan_training")
    before = erasing.what_is_there("busan")
    values = erasing.values_put("busan", FOLDER / "values")
    erasing.city_close("busan")
    erasing.schema_drop("busan")
    erasing.row_drop("busan")
    erasing.traces_drop("busan")
    scan = erasing.scanned("busan", FOLDER / "values")
    return {
        "rows": before["rows"],
        "values": values,
        "scan": scan,
        "planted": _planted_left(),
        "seoul": city_verify("seoul"),
    }


def _planted_left() -> int:
    """Looked for by hand: every table of the database, and every file under the home."""
    schemas = [name for (name,) in ask(SCHEMAS)]
    text = "".join(_all_text(schema) for schema in schemas)
    kept = b"".join(
        path.read_bytes() for path in files_folder("x").parent.rglob("*") if path.is_file()
    )
    return sum(text.count(value) + kept.count(value.encode()) for value in PLANTED)


def scan_finds_what_is_left() -> Any:
    """The search is no comedy: a value put into another city is found."""
    value = (FOLDER / "values").read_bytes().split(b"\n")[0]
    put = "INSERT INTO seoul.django_session VALUES ('x', %s, now())"
    raw_connection().execute(put, [f"told by {value.decode()}"])
    found = scanning.scan({value})
    change("DELETE FROM seoul.django_session")
    return {name: place.hits for name, place in found.items()}


def memory_is_flat() -> Any:
    """Thirty thousand people more, and the writer holds no more than a few pieces at a time."""
    change(
        "INSERT INTO seoul.core_customers_citizen (id, name, phone, email, preferred_channel,"
        " language, is_anonymous, created_at) SELECT gen_random_uuid(), 'p' || n, '', n ||"
        " '@grown.example', 'sms', 'ko', false, now() FROM generate_series(1, 30000) n"
    )
    copying.CHUNK = 1 << 16
    tracemalloc.start()
    made = city_back_up("seoul", FOLDER / "big.age", now=NOW, configuration=NOTHING)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    text = sum(map(len, rows_of("seoul", "core_customers_citizen")))
    return {"peak": peak, "text": text, "rows": made.manifest.tables["core_customers_citizen"].rows}


def lost_tables() -> Any:
    """A city whose schema is gone comes back under its own code; what fails takes only tables."""
    path = city_back_up("seoul", FOLDER / "seoul.age", now=NOW, configuration=NOTHING).path
    listed = "SELECT status, purpose FROM tenants_city WHERE code = 'seoul'"
    before = ask(listed)
    change("DROP SCHEMA seoul CASCADE")
    torn = FOLDER / "torn.age"
    torn.write_bytes(path.read_bytes()[:-100])
    refused = _code_of(lambda: restore(torn, "seoul"))
    places.place_cleared("seoul")
    still_listed = ask(listed) == before
    checked = restore(path, "seoul")
    places.place_open("seoul")
    return {
        "refused": refused,
        "still_listed": still_listed,
        "listed": ask(listed) == before,
        "differences": checked.differences,
        "verified": city_verify("seoul"),
    }


def rows_of(code: str, table: str) -> list[bytes]:
    with connection_apart() as raw:
        columns = tables.table_columns(raw, code)[table]
        return list(rows_out(raw, code, table, columns=columns, order=()))


SCENES: list[Callable[[], Any]] = [
    backed_up_and_restored,
    one_letter_differs,
    broken_archives,
    a_training_copy,
    switched,
    exported,
    archiving_steps.every_step_twice,
    archiving_steps.a_torn_archive_in_a_restore,
    archiving_steps.the_nights,
    archiving_steps.retention,
    erased,
    scan_finds_what_is_left,
    memory_is_flat,
    lost_tables,
]
