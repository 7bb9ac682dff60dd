"""How the same person comes to stand in the lists twice: one kind of noise each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from core_crm.common.hangul import INITIALS, VOWELS, joined, letters_of, parts_of, romanised
from sodam.demo.crowd_people import Families, Person, facts

Noise = Callable[[Person, Families], Person | None]
NEIGHBOURS = {
    "ㅏ": "ㅓㅣㅑ", "ㅓ": "ㅏㅗㅕ", "ㅗ": "ㅓㅜㅛ", "ㅜ": "ㅗㅡㅠ", "ㅡ": "ㅜㅣ", "ㅣ": "ㅏㅡ",
    "ㅐ": "ㅔㅒ", "ㅔ": "ㅐㅖ", "ㅕ": "ㅑㅓ", "ㅑ": "ㅕㅏ", "ㅛ": "ㅗㅕ", "ㅠ": "ㅜ", "ㅝ": "ㅜ",
}  # fmt: skip
"""Vowels next to each other on the two-set keyboard, or alike to the ear."""
CONSONANTS = {
    "ㄱ": "ㅅㄷㅎ", "ㄴ": "ㅇㅁ", "ㄷ": "ㄱㅈ", "ㄹ": "ㅇㅎ", "ㅁ": "ㄴ", "ㅅ": "ㄱㅎ",
    "ㅇ": "ㄴㄹ", "ㅈ": "ㄷㅂㅊ", "ㅎ": "ㄹㅅ", "ㅂ": "ㅈ", "ㅊ": "ㅈㅌ", "ㅌ": "ㅊ", "ㅋ": "ㅌ",
}  # fmt: skip


def name_typo(person: Person, families: Families) -> Person | None:
    """A key beside the right one, a letter left out, or two syllables in the wrong order."""
    name, chance = person.name, families.chance
    if not _is_hangul(name) or not person.phone or len(name) < 3:
        return None
    if chance.random() < 0.15:
        return _with_name(person, name[0] + name[2] + name[1] + name[3:])
    at = chance.randrange(1, len(name))
    return _with_name(person, name[:at] + _mistyped(name[at], chance) + name[at + 1 :])


def jamo_error(person: Person, families: Families) -> Person | None:
    """Half-typed syllables as a bad keyboard leaves them (`하느ㄹ`), or all letters apart."""
    if not _is_hangul(person.name) or not person.phone:
        return None
    if families.chance.random() < 0.4:
        return _with_name(person, letters_of(person.name))
    last = letters_of(person.name[-1])
    initial, vowel, final = parts_of(person.name[-1]) or (0, 0, 0)
    tail = joined(initial, vowel, 0) + last[2:] if final else last
    return _with_name(person, person.name[:-1] + tail)


def changed_phone(person: Person, families: Families) -> Person | None:
    """A new number; birth and address are the same."""
    if not (person.phone and person.birth_on and person.address):
        return None
    return person._replace(phone=families.number(), email=_other_mail(person, families))


def moved(person: Person, families: Families) -> Person | None:
    """Another flat; the telephone is the same."""
    if not (person.phone and person.address):
        return None
    home = families.home()
    return _told_apart(person, families)._replace(
        address=home.address, address_detail=home.detail, district_code=home.code
    )


def missing_birth(person: Person, families: Families) -> Person | None:
    """Taken down in haste: name and telephone, and little else."""
    if not (person.phone and person.birth_on):
        return None
    return _told_apart(person, families)._replace(
        birth_on=None, sex="", address="", address_detail="", district_code=""
    )


def swapped_fields(person: Person, families: Families) -> Person | None:
    """Day and month in each other's place, or the given name before the family's."""
    born = person.birth_on
    if not person.phone:
        return None
    if born and born.day <= 12 and born.day != born.month:
        swapped = date(born.year, born.day, born.month)
        return _told_apart(person, families)._replace(birth_on=swapped)
    if not _is_hangul(person.name) or len(person.name) < 3:
        return None
    blank = families.chance.choice(("", " "))
    return _with_name(person, f"{person.name[1:]}{blank}{person.name[0]}")


def hanja_or_latin_name(person: Person, families: Families) -> Person | None:
    """The name in Chinese signs, or as a passport writes it."""
    if not _is_hangul(person.name) or len(person.name) not in (2, 3) or not person.phone:
        return None
    written = _in_hanja(person.name) if families.chance.random() < 0.4 else ""
    return _with_name(person, written or _in_latin(person.name, families.chance))


def spacing(person: Person, families: Families) -> Person | None:
    """A blank where there was none."""
    name = person.name
    if not _is_hangul(name) or not person.phone or len(name) < 2:
        return None
    at = families.chance.randrange(1, len(name))
    wide = " ".join(name) if families.chance.random() < 0.2 else f"{name[:at]} {name[at:]}"
    return _with_name(person, wide)


def email_only(person: Person, families: Families) -> Person | None:
    """Known by name and mail alone, as a newsletter leaves people."""
    if not (person.email and person.phone):
        return None
    return person._replace(
        phone="", birth_on=None, sex="", address="", address_detail="", district_code=""
    )


NOISES: Mapping[str, Noise] = {
    "name_typo": name_typo,
    "changed_phone": changed_phone,
    "moved": moved,
    "missing_birth": missing_birth,
    "swapped_fields": swapped_fields,
    "hanja_or_latin_name": hanja_or_latin_name,
    "spacing": spacing,
    "jamo_error": jamo_error,
    "email_only": email_only,
}


RENAMED = frozenset({"name_typo", "hanja_or_latin_name", "spacing", "jamo_error"})


def noisy_copy(person: Person, kind: str, families: Families) -> Person | None:
    """The person as written down a second time; None when this kind cannot happen to them."""
    copy = NOISES[kind](person, families)
    if copy is None or copy[:3] == person[:3]:
        return None
    if kind != "missing_birth" and copy.birth_on and families.chance.random() < 0.2:
        forgets = kind not in {"changed_phone", "swapped_fields"}
        copy = copy._replace(birth_on=None) if forgets else copy
    if kind not in {"changed_phone", "moved"} and families.chance.random() < 0.3:
        copy = copy._replace(address="", address_detail="", district_code="")
    if kind in RENAMED and families.chance.random() < 0.5:
        copy = copy._replace(email="")
    return copy


def _with_name(person: Person, name: str) -> Person:
    return person._replace(name=name)


def _told_apart(person: Person, families: Families) -> Person:
    """No two rows of one name and the same contacts: a second mail, or none."""
    return person._replace(email=_other_mail(person, families))


def _other_mail(person: Person, families: Families) -> str:
    return "" if person.email else families.mail()


def _is_hangul(name: str) -> bool:
    return bool(name) and all(parts_of(sign) for sign in name)


def _mistyped(syllable: str, chance: Random) -> str:
    initial, vowel, final = parts_of(syllable) or (0, 0, 0)
    way = chance.random()
    if final and way < 0.35:
        return joined(initial, vowel, 0)
    beside = CONSONANTS.get(INITIALS[initial], "")
    if way < 0.6 and beside and (other := chance.choice(beside)) in INITIALS:
        return joined(INITIALS.index(other), vowel, final)
    wrong = chance.choice(NEIGHBOURS.get(VOWELS[vowel], "ㅏㅣ"))
    return joined(initial, VOWELS.index(wrong), final)


def _in_hanja(name: str) -> str:
    known = facts()
    signs = [known["family_hanja"].get(name[0]), *map(known["given_hanja"].get, name[1:])]
    return "".join(signs) if all(signs) else ""


def _in_latin(name: str, chance: Random) -> str:
    """As people spell themselves: Lee or Yi, hyphens, capitals, the family first or last."""
    spelled = facts()["spellings"].get(name[0])
    family = chance.choice(spelled) if spelled else romanised(name[0]).capitalize()
    parts = [_as_spelled(romanised(sign), chance) for sign in name[1:]]
    given = chance.choice(("", "-", " ")).join(parts).capitalize()
    whole = f"{family} {given}" if chance.random() < 0.6 else f"{given} {family}"
    return whole.upper() if chance.random() < 0.4 else whole


def _as_spelled(syllable: str, chance: Random) -> str:
    """`yeong` is as often written `young`."""
    for rule, usual in (("yeo", "you"), ("eu", "u"), ("u", "oo"), ("eo", "u")):
        if rule in syllable and chance.random() < 0.4:
            return syllable.replace(rule, usual, 1)
    return syllable
