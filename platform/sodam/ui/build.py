"""Copies what pages use out of node_modules into static/vendor, and compiles the catalogues.

Only KRDS's tokens, its component CSS and the icons that this names; Pretendard GOV in the dynamic
subset (a page loads the few parts it needs); htmx; ECharts (lines, bars, SVG) for pages with a
chart. Run by platform/bootstrap.py.
"""

import gzip
import re
import shutil
import sys
import tempfile
from pathlib import Path

import polib

UI = Path(__file__).resolve().parent
VENDOR = UI / "static" / "vendor"
MODULES = UI / "node_modules"
KRDS = MODULES / "krds-uiux" / "resources"
FONT = MODULES / "pretendard-gov" / "dist" / "web" / "variable"
ICON = re.compile(r"url\(['\"]?(?:\.\./)*(img/[^)'\"]+)['\"]?\)")


def main() -> None:
    """Does nothing when what is there was made from the same packages."""
    known = sys.argv[1]
    if not _is_made_from(known):
        _copy(known)
    compile_catalogues()


def _is_made_from(known: str) -> bool:
    try:
        return (VENDOR / "made-from").read_text(encoding="utf-8") == known
    except FileNotFoundError:
        return False


def _copy(known: str) -> None:
    """Beside the old folder first, then in its place: a page never finds half of it."""
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=VENDOR.parent, prefix=".vendor-"))
    _copy_krds(fresh / "krds")
    font = fresh / "pretendard-gov"
    shutil.copytree(FONT / "woff2-dynamic-subset", font / "woff2-dynamic-subset")
    _copy_file(FONT / "pretendardvariable-gov-dynamic-subset.css", font / "pretendard-gov.css")
    _copy_file(MODULES / "htmx.org" / "dist" / "htmx.min.js", fresh / "htmx" / "htmx.min.js")
    charts = MODULES / "echarts" / "dist" / "echarts.common.min.js"
    _copy_file(charts, fresh / "echarts" / "echarts.min.js")
    _compress(fresh)
    (fresh / "made-from").write_text(known, encoding="utf-8")
    fresh.chmod(0o755)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def _copy_krds(target: Path) -> None:
    css = KRDS / "css"
    _copy_file(css / "token" / "krds_tokens.css", target / "css" / "token" / "krds_tokens.css")
    _copy_file(css / "component" / "output.css", target / "css" / "component" / "output.css")
    named = ICON.findall((css / "component" / "output.css").read_text(encoding="utf-8"))
    for name in sorted(set(named)):
        if (KRDS / name).exists():
            _copy_file(KRDS / name, target / name)


def _compress(folder: Path) -> None:
    """A .gz beside each text: WhiteNoise sends it to whoever takes it (584 kB of CSS become 52)."""
    for suffix in ("css", "js", "svg"):
        for source in folder.rglob(f"*.{suffix}"):
            packed = gzip.compress(source.read_bytes(), compresslevel=9, mtime=0)
            source.with_name(f"{source.name}.gz").write_bytes(packed)


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def compile_catalogues() -> None:
    """Each django.po newer than its django.mo; GNU gettext is not needed."""
    for source in sorted((UI / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = target.with_suffix(".mo.tmp")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)


if __name__ == "__main__":
    main()
