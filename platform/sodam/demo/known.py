"""What a city happens to know of its invented citizens: of some much, of others little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from core_crm.common.districts import Neighbourhood, neighbourhoods
from core_crm.customers.services.history import PastCitizen
from sodam.demo.dice import Dice
from sodam.demo.scene import Scene

HAS_BIRTH, HAS_SEX, HAS_ADDRESS, HAS_NEED = 0.55, 0.6, 0.5, 0.03
ROADS = ("소담로", "샛별로", "한빛로", "느티나무로", "은하길", "솔밭길", "무지개길", "해맞이로")
NEEDS = ("large_print", "easy_korean", "text_only", "wheelchair", "sign_language")
SOURCES = {"portal": 60, "call": 22, "visit": 12, "api": 6}
OLDEST_DAYS, YOUNGEST_DAYS = 88 * 365, 15 * 365


def as_known(scene: Scene, citizen: PastCitizen) -> PastCitizen:
    """The citizen with birth, sex, address and needs, as far as the city has come to know them."""
    dice = Dice.of(scene.city, "known", citizen.id)
    home = dice.one(_homes(scene.city))
    is_known = dice.happens(HAS_ADDRESS)
    return replace(
        citizen,
        birth_on=_birth(dice, scene.today) if dice.happens(HAS_BIRTH) else None,
        sex=dice.one("FM") if dice.happens(HAS_SEX) else "",
        address=_address(scene, home, dice) if is_known else "",
        district_code=home.code if is_known else "",
        needs=(dice.one(NEEDS),) if dice.happens(HAS_NEED) else (),
        source=dice.weighted(SOURCES),
    )


def _birth(dice: Dice, today: date) -> date:
    return today - timedelta(days=dice.randint(YOUNGEST_DAYS, OLDEST_DAYS))


def _address(scene: Scene, home: Neighbourhood, dice: Dice) -> str:
    """An invented road in a real neighbourhood."""
    number = dice.randint(1, 180)
    parts = (scene.name, home.district, dice.one(ROADS), f"{number} ({home.name})")
    return " ".join(part for part in parts if part)


def _homes(city: str) -> tuple[Neighbourhood, ...]:
    if city not in _known:
        _known[city] = tuple(one for one in neighbourhoods() if one.city == city and one.name)
    return _known[city]


_known: dict[str, tuple[Neighbourhood, ...]] = {}
