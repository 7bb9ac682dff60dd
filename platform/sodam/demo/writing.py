"""What people and offices write in the demo world: phrases put together."""

from __future__ import annotations

from dataclasses import dataclass

from sodam.demo.dice import Dice
from sodam.demo.places import Place
from sodam.demo.wordings import Topic, Way, phrases

HANGUL_FIRST, HANGUL_LAST, FINALS = 0xAC00, 0xD7A3, 28
FINAL_SS = 20
PRESENT = "있겠"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a citizen wrote."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Blanks:
    """What fills the gaps of a phrase, the same in all texts of one voice."""

    place: Place
    number: int
    when_past: str
    when_since: str

    @classmethod
    def thrown(cls, place: Place, dice: Dice) -> Blanks:
        words = phrases()
        return cls(
            place,
            number=dice.randint(2, 9),
            when_past=dice.one(words["when_past"]),
            when_since=dice.one(words["when_since"]),
        )

    def fill(self, phrase: str) -> str:
        """The phrase with its gaps filled."""
        return phrase.format(
            place=self.place.short,
            dong=self.place.neighbourhood,
            n=self.number,
            when=self.when_past if is_past(phrase) else self.when_since,
        )


def is_past(sentence: str) -> bool:
    """Does it tell of something that happened once? Then its verb has the final ㅆ (했, 났, 왔)."""
    return any(_final(sign) == FINAL_SS and sign not in PRESENT for sign in sentence)


def _final(sign: str) -> int:
    place = ord(sign)
    return (place - HANGUL_FIRST) % FINALS if HANGUL_FIRST <= place <= HANGUL_LAST else -1


def letter(topic: Topic, way: Way, blanks: Blanks, dice: Dice) -> Letter:
    """A citizen's title and text."""
    words = phrases()
    parts = [
        dice.one(words["greetings"]),
        way.what,
        dice.one(way.effects),
        dice.one(words["details"]),
        dice.one(topic.asks),
    ]
    sentences = [blanks.fill(part) for part in parts if part]
    joint = "\n" if dice.happens(0.2) else " "
    return Letter(blanks.fill(dice.one(way.titles)), joint.join(sentences))


def english_letter(template: dict[str, str], blanks: Blanks) -> Letter:
    return Letter(blanks.fill(template["title"]), blanks.fill(template["body"]))


def unsure_letter(way: Way, blanks: Blanks, dice: Dice) -> Letter:
    """Somebody who does not know which field it is: a vague title, the rest as usual."""
    title = dice.one(
        ["{dong} 불편 사항입니다", "문의드립니다", "어디에 말해야 할지 모르겠어요", "도와주세요"]
    )
    text = f"{way.what} {dice.one(way.effects)} 어느 부서인지 몰라 여기에 적습니다."
    return Letter(blanks.fill(title), blanks.fill(text))


def answer(city_name: str, department: str, way: Way, blanks: Blanks, dice: Dice) -> str:
    """The office's answer: who writes, what was done, how to go on."""
    return _framed(city_name, department, blanks.fill(dice.one(way.done)), dice)


def unable_answer(city_name: str, department: str, text: str, dice: Dice) -> str:
    return _framed(city_name, department, text, dice)


def second_answer(city_name: str, department: str, dice: Dice) -> str:
    return _framed(city_name, department, dice.one(phrases()["second_answers"]), dice)


def _framed(city_name: str, department: str, core: str, dice: Dice) -> str:
    words = phrases()
    return "\n\n".join(
        [
            f"안녕하십니까? {city_name} {department}입니다.",
            f"{dice.one(words['answer_openings'])} {core}",
            dice.one(words["answer_closings"]),
        ]
    )
