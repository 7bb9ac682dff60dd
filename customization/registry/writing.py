"""A new plugin from the template: a package that can be built, tested and installed at once."""

from __future__ import annotations

from pathlib import Path

from customization.plugin_api import CODE
from customization.registry.errors import PluginCodeNotValid, PluginPlaceTaken

TEMPLATE = Path(__file__).resolve().parents[2] / "plugins" / "_template"
OUTSIDE = "outside"


def plugin_write(code: str, folder: Path) -> list[Path]:
    """Write the package `code` into `folder`, made if need be; the files written.

    Raises PluginCodeNotValid, PluginPlaceTaken when there is something already.
    """
    if not CODE.fullmatch(code):
        raise PluginCodeNotValid(
            "플러그인의 코드는 영문 소문자로 시작하고 소문자, 숫자, _만 씁니다.", plugin=code
        )
    if folder.exists() and any(folder.iterdir()):
        raise PluginPlaceTaken(f"이미 무엇이 있습니다: {folder}. 빈 폴더를 고르세요.")
    return [_write(source, _place(source, folder, code), code) for source in _sources()]


def _sources() -> list[Path]:
    return sorted(
        path for path in TEMPLATE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def _place(source: Path, folder: Path, code: str) -> Path:
    inside = source.relative_to(TEMPLATE)
    if inside.parts[0] == OUTSIDE:
        return folder / Path(*inside.parts[1:]).with_name(_named(inside.name, code))
    return folder / code / inside


def _write(source: Path, place: Path, code: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(_named(source.read_text(encoding="utf-8"), code), encoding="utf-8")
    return place


def _named(text: str, code: str) -> str:
    """The template's words with the plugin's own code in their places."""
    text = text.replace(UNDERSCORE, "").replace("plugins._template", code)
    for place in PLACES:
        text = text.replace(place.format("template"), place.format(code))
    return text


UNDERSCORE = " The leading underscore\nkeeps the template itself from being loaded."
PLACES = ('code="{}"', "x.{}.", "test_{}.py", "sodam-{}", '\n{} = "', "# {}:", "enable {} ")
"""Where the template's code stands, beside the name of its package."""
