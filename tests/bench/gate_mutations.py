"""False sentences made from true ones, each with one known fault; the same ones every time.

A kind takes the sentences it can spoil, evenly spread over the weeks, up to ``EACH``; the kinds
``WORDED`` use each of their wordings once. What they make is false
for certain: a number, name or theme that the cited text and the table both lack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model.edition import Sentence
from tests.bench.gate_weeks import THEMES, WORDS, GateWeek, Labelled

EACH = 10

Spoil = Callable[[Sentence, GateWeek, int], Sentence | None]

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,@-])(?<![A-Za-z] )(\d[\d,]*(?:\.\d+)?)(?=[%배점BTkK개시]|편)"
)
_INVENTED = (
    "Nimbus-7B", "HyperCoder", "Qwen4-Max", "LLaVista", "TokenForge", "Orion-XL", "DeepThink-V2",
)  # fmt: skip
_COMPANIES = ("카카오", "테슬라", "퀄컴", "넷플릭스", "네이버", "인텔", "소니")
_UNITS = (("%", "배"), ("배", "%"), ("분", "시간"), ("시간", "분"), ("점", "%"), ("달러", "유로"))
_WORDS = {"한 편": "네 편", "두 편": "다섯 편", "세 편": "네 편", "네 편": "여섯 편"}
_WORDS |= {"여덟 편": "아홉 편", "아홉 편": "일곱 편", "여섯 편": "일곱 편", "두 가지": "여섯 가지"}
_WORDS |= {"다섯 과제": "아홉 과제", "세 가지": "일곱 가지", "두 영역": "다섯 영역"}
_WORDS |= {"여섯 개": "아홉 개", "일곱 개": "아홉 개", "세 부분": "여덟 부분", "두 개": "여덟 개"}
_TREND = (
    "지난주보다 {} 논문이 늘었습니다.",
    "최근 들어 {} 연구가 부쩍 많아졌습니다.",
    "{}에 대한 관심이 점점 커지고 있습니다.",
    "몇 주째 {} 논문이 빠지지 않고 등장합니다.",
    "여느 때보다 {} 비중이 높습니다.",
    "{} 주제는 한동안 뜸하다가 다시 고개를 들었습니다.",
    "{} 연구가 예전만 못합니다.",
    "요 몇 달 사이 {} 쪽으로 무게가 옮겨 가고 있습니다.",
    "{} 논문은 갈수록 줄어드는 모양새입니다.",
    "지난 12주를 돌아보면 {}의 성장이 가파릅니다.",
    "전보다 {} 논문을 자주 보게 됩니다.",
    "{} 바람이 거셉니다.",
    "지난달만 해도 드물던 {} 논문이 쏟아집니다.",
    "{} 분야가 다시 살아나고 있습니다.",
    "3주 연속으로 {} 논문이 상위에 올랐습니다.",
    "평소와 달리 이번에는 {} 논문이 눈에 많이 띕니다.",
    "최근 4주 사이 {} 논문이 두 배로 뛰었습니다.",
    "{}의 인기는 이제 한풀 꺾였습니다.",
    "이달 들어 {} 연구가 활발합니다.",
    "{} 논문의 수가 계속 증가하고 있습니다.",
    "올해는 {} 연구의 해라고 할 만합니다.",
    "{} 논문이 꾸준히 나오고 있습니다.",
    "어느새 {} 주제가 단골이 되었습니다.",
    "지난 12주 대비 {} 논문의 비중이 하락했습니다.",
    "{} 쪽의 상승 흐름이 이어집니다.",
    "지난 호에 이어 {} 논문이 또 늘었습니다.",
    "예년 같으면 드물었을 {} 논문이 이번 주에는 흔합니다.",
    "{} 관련 시도가 줄을 잇고 있습니다.",
)
_MOST = (
    "{} 논문 수가 역대 최다를 기록했습니다.",
    "{}을 다룬 논문이 가장 많습니다.",
    "{} 주제가 이렇게 많이 다뤄진 것은 처음입니다.",
    "{} 논문이 이번 주에 제일 많이 실렸습니다.",
    "{} 분야에서는 사상 최초의 성과입니다.",
    "{} 논문이 전체의 1위를 차지합니다.",
    "{} 연구로는 세계 최초입니다.",
)
_OPPOSITE = (
    ("늘었", "줄었"), ("많아졌", "적어졌"), ("커졌", "작아졌"), ("줄었", "늘었"),
    ("줄어들었", "늘어났"), ("증가세", "감소세"), ("늘고", "줄고"), ("새로 등장했", "사라졌"),
    ("처음 등장했", "사라졌"), ("변화는 보이지 않습니다", "증가가 보입니다"),
    ("차이는 없었습니다", "증가가 있었습니다"), ("크게 다르지 않습니다", "크게 달라졌습니다"),
)  # fmt: skip


def spoil(sound: Sequence[Labelled], weeks: Mapping[str, GateWeek]) -> Iterator[Labelled]:
    """All false sentences, kind by kind."""
    for kind, change in KINDS.items():
        made = [
            Labelled(one.week, spoiled, kind)
            for place, one in enumerate(sound)
            if (spoiled := change(one.sentence, weeks[one.week], place)) is not None
        ]
        most = len(made) if kind in WORDED else EACH
        step = max(1, len(made) // max(1, most))
        yield from made[::step][:most]


def _cited(sentence: Sentence, week: GateWeek) -> str:
    return "\n".join(week.paper(rank).whole for rank in sentence.papers)


def _number(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """A number that no cited paper has."""
    match = _NUMBER.search(sentence.text)
    if not match or not sentence.papers or sentence.counts:
        return None
    number = match[1]
    other = next(
        made
        for add in range(place % 5 + 1, 90)
        if (made := _raise(number, add)) not in _cited(sentence, week)
    )
    return replace(
        sentence, text=sentence.text[: match.start()] + other + sentence.text[match.end() :]
    )


def _raise(number: str, add: int) -> str:
    whole, _, part = number.replace(",", "").partition(".")
    return f"{int(whole) + add:,}" + (f".{part}" if part else "")


def _unit(sentence: Sentence, week: GateWeek, _: int) -> Sentence | None:
    """A number of a cited paper with another unit."""
    for unit, other in _UNITS:
        if not sentence.counts and (match := re.search(rf"\d{unit}(?!p)", sentence.text)):
            return replace(sentence, text=sentence.text.replace(match[0], match[0][0] + other, 1))
    return None


def _scale(sentence: Sentence, week: GateWeek, _: int) -> Sentence | None:
    """B for M, T for B: a model or data set of another size."""
    other = {"B": "M", "T": "B", "k": "M", "K": "M"}
    match = re.search(r"(?<![A-Za-z0-9.-])(\d[\d.]*)([BTkK])(?![A-Za-z])", sentence.text)
    if match is None:
        return None
    changed = match[1] + other[match[2]]
    if changed in _cited(sentence, week):
        return None
    return replace(sentence, text=sentence.text.replace(match[0], changed, 1))


def _count(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """Another number of papers than the declared one."""
    match = re.search(r"(\d+)편(?! 가운데| 중)", sentence.text)
    if match is None or not sentence.counts:
        return None
    other = int(match[1]) + 1 + place % 3
    known = {value for _, value in sentence.counts} | {len(sentence.papers), week.trends.papers}
    while other in known:
        other += 1
    return replace(sentence, text=sentence.text.replace(match[0], f"{other}편", 1))


def _declared(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """The same, and declared like that."""
    spoiled = _count(sentence, week, place)
    if spoiled is None:
        return None
    key, value = sentence.counts[0]
    return replace(spoiled, counts=((key, value + 1 + place % 3), *sentence.counts[1:]))


def _other_key(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """A count that the table has, declared as it stands there, said of something else."""
    match = re.search(r"(\d+)편(?! 가운데| 중)", sentence.text)
    known = {value for _, value in sentence.counts} | {len(sentence.papers)}
    table = week.trends.table().items()
    others = [(key, value) for key, value in table if "weeks" not in key and value not in known]
    if match is None or not sentence.counts or not others:
        return None
    key, value = others[place % len(others)]
    text = sentence.text.replace(match[0], f"{value}편", 1)
    return replace(sentence, text=text, counts=(*sentence.counts, (key, value)))


def _word(sentence: Sentence, week: GateWeek, _: int) -> Sentence | None:
    """세 편 where there are two."""
    found = next((word for word in _WORDS if word in sentence.text), None)
    if found is None:
        return None
    return replace(sentence, text=sentence.text.replace(found, _WORDS[found], 1))


def _other_number(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """The number of a paper that is not cited."""
    match = _NUMBER.search(sentence.text)
    if not match or not sentence.papers or sentence.counts:
        return None
    others = [paper for paper in week.papers if paper.rank not in sentence.papers]
    numbers = [
        number
        for paper in others
        for number in re.findall(r"(?<![\w.-])\d[\d,]*\.?\d+(?=%|x)", paper.text)
        if number.rstrip("0").rstrip(".") not in _cited(sentence, week)
    ]
    if not numbers:
        return None
    number = numbers[place % len(numbers)]
    return replace(
        sentence, text=sentence.text[: match.start()] + number + sentence.text[match.end() :]
    )


def _main_name(sentence: Sentence, week: GateWeek) -> str | None:
    names = (_short(week.paper(rank).name) for rank in sentence.papers)
    return next((name for name in names if name in sentence.text), None)


def _short(name: str) -> str:
    return re.split(r" \(|: | is ", name)[0]


def _rename(make: Callable[[str, int], str]) -> Spoil:
    def spoiled(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
        name = _main_name(sentence, week)
        other = make(name, place) if name else None
        if name is None or other is None or other in _cited(sentence, week):
            return None
        return replace(sentence, text=sentence.text.replace(name, other))

    return spoiled


def _company(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """A company that no paper names."""
    if not sentence.papers:
        return None
    return replace(sentence, text=f"{_COMPANIES[place % 7]}가 공개한 {sentence.text}")


def _transliteration(sentence: Sentence, week: GateWeek, _: int) -> Sentence | None:
    """A name in Hangul: only those that lexicon.yml knows can be told from other words."""
    for shown, originals in WORDS.transliterations.items():
        for original in originals:
            if re.search(rf"(?<![A-Za-z]){original}(?![A-Za-z])", sentence.text):
                return replace(sentence, text=sentence.text.replace(original, shown))
    return None


def _uncited(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """The name of another paper of the week; its citation is not changed."""
    name = _main_name(sentence, week)
    cited = _cited(sentence, week)
    others = [one for paper in week.papers if (one := _short(paper.name)) not in cited]
    if name is None or not others:
        return None
    return replace(sentence, text=sentence.text.replace(name, others[place % len(others)]))


def _theme(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """A theme that the paper does not have and does not speak of."""
    name = _main_name(sentence, week)
    far = ("audio", "robotics", "three-d", "medicine", "video", "interpretability", "hallucination")
    theme = next(one for one in THEMES if one.theme_id == far[place % 7])
    cited = _cited(sentence, week).lower()
    if name is None or any(word.lower() in cited for word in theme.words):
        return None
    return replace(sentence, text=f"{name} 논문은 {theme.name('ko')} 주제를 다룹니다.")


def _from_template(templates: Sequence[str], far: Sequence[str]) -> Spoil:
    def spoiled(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
        if place >= len(templates):
            return None
        theme_id = far[place % len(far)]
        trend = next(one for one in week.trends.themes if one.theme_id == theme_id)
        theme = next(one for one in THEMES if one.theme_id == theme_id)
        text = templates[place].format(theme.name("ko"))
        return Sentence(text, trend.ranks or (1,), ((f"theme/{theme_id}", trend.count),))

    return spoiled


def _reverse(sentence: Sentence, week: GateWeek, _: int) -> Sentence | None:
    """A change of the table in the other direction, or one where there is none."""
    for word, other in _OPPOSITE:
        if sentence.counts and word in sentence.text:
            return replace(sentence, text=sentence.text.replace(word, other, 1))
    return None


def _citation(sentence: Sentence, week: GateWeek, place: int) -> Sentence | None:
    """A paper that the week does not have."""
    ranks = (*sentence.papers[:-1], len(week.papers) + 1 + place % 3)
    return replace(sentence, papers=ranks) if sentence.papers else None


def misattribute(sound: Sequence[Labelled], weeks: Mapping[str, GateWeek]) -> list[Labelled]:
    """What is true of one paper said of another: no number, name or count gives it away."""
    made = [
        Labelled(one.week, sentence, "misattributed")
        for one in sound
        for rank in range(1, len(weeks[one.week].papers) + 1)
        if (sentence := _said_of(one.sentence, weeks[one.week], rank)) is not None
    ]
    return list({(one.week, one.sentence): one for one in made}.values())


def _said_of(sentence: Sentence, week: GateWeek, rank: int) -> Sentence | None:
    name = _main_name(sentence, week)
    if name is None or len(sentence.papers) > 1 or rank in sentence.papers or sentence.counts:
        return None
    if re.search(r"\d", sentence.text.replace(name, "")):
        return None
    other = week.paper(rank)
    text = sentence.text.replace(name, _short(other.name))
    names = set(re.findall(r"[A-Za-z][\w-]+", text)) - set(WORDS.known)
    if any(one not in other.whole for one in names):
        return None
    return Sentence(text, (rank,))


WORDED = ("trend", "superlative")
KINDS: dict[str, Spoil] = {
    "number": _number,
    "unit": _unit,
    "scale": _scale,
    "count": _count,
    "declared count": _declared,
    "another count's": _other_key,
    "number word": _word,
    "other paper's number": _other_number,
    "invented name": _rename(lambda name, place: _INVENTED[place % len(_INVENTED)]),
    "wrong case": _rename(lambda name, place: name.lower() if place % 2 else name.swapcase()),
    "transliteration": _transliteration,
    "company": _company,
    "uncited name": _uncited,
    "theme": _theme,
    "trend": _from_template(_TREND, ("code", "efficiency", "open-models", "training")),
    "reversed change": _reverse,
    "superlative": _from_template(_MOST, ("efficiency", "architectures")),
    "citation": _citation,
}
"""What can be wrong with a sentence."""
