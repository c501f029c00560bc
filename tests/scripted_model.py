"""A model for tests over the real pages: any English gets the same plausible Korean stand-in.

It does not translate. It keeps what checks look for (names, acronyms, numbers with their units and
qualifiers, tokens of protected spans, the glossary terms of the prompt, negation, the number of
sentences, the length) and fills the rest with polite phrases that say nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.applications import Starlette

from bot.config import defaults_folder
from bot.quality.english import ORDINARY_NAMES
from bot.quality.spelled import spelled_quantities
from bot.sandbox.completions import Behaviour, Question, completions
from bot.sandbox.model import read_data
from bot.texts.languages import load_language

_SHARE = 0.42  # of the source's length: Korean is shorter than English
_END = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bal\.)(?<!\betc\.)(?<!\bFig\.)(?<!\b[A-Z]\.)"
    r"(?<=[.!?])[\"'”’)\]]*\s+"
)
_TOKEN = r"⟦\d+⟧"
_HEAD = {
    "약": r"~|≈|∼|about|around|approximately|roughly|nearly|almost|close to",
    "최대": r"≤|up to|at most|no more than|as much as|as many as|(?:a )?maximum of",
    "최소": r"≥|at least|no less than|no fewer than|(?:a )?minimum of",
    "초과": r">|over|more than|exceed(?:ing|s)?|above|greater than|higher than|larger than|beyond"
    r"|surpass(?:ing|es)?",
    "미만": r"<|less than|fewer than|under|below|lower than|smaller than|within",
}
_TAIL = {
    "이상": r"\+|\s?(?:\w+\s)?or (?:more|higher|greater)\b|\s?(?:\w+\s)?and above\b|\s?plus\b",
    "이하": r"\s?(?:\w+\s)?or (?:less|fewer|lower)\b|\s?(?:\w+\s)?and below\b",
}
_UNITS = {
    "%": r"\s?(?:percent|per cent)\b(?! points)|\s?percentage\b",
    "배": r"\s?(?:[xX×](?![A-Za-z])|[- ]?fold\b|\s?times\b)",
    "시간": r"[\s-]?(?:hours?|hrs?)\b",
    "분": r"[\s-]?(?:minutes?|mins?)\b",
    "밀리초": r"[\s-]?(?:ms|milliseconds?)\b",
    "초": r"[\s-]?(?:seconds?|secs?)\b",
    "일": r"[\s-]?days?\b",
    "주": r"[\s-]?weeks?\b",
    "개월": r"[\s-]?months?\b",
    "년": r"[\s-]?years?\b",
}
_SCALE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion))?"
_DIGITS = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
_NUMBER = (
    rf"(?:(?<![\w)%~\]])[-−+±])?[$€]?(?<![A-Za-z0-9_.@]){_DIGITS}(?:[%xX]?[-–][$€]?{_DIGITS})?"
    rf"(?:%|[A-Za-z][\w-]*)?{_SCALE}"
)
_NAME = r"[A-Za-z][\w]*(?:[-.+/_@·][A-Za-z0-9]+)*\+*"
_PIECE = re.compile(rf"({_TOKEN})|({_NAME})|({_NUMBER})")
_QUALIFIED = {
    word: re.compile(rf"(?:(?<![A-Za-z])(?:{words}))\s?(?:(?:an?|the|just)\s)?[$€]?\Z", re.I)
    for word, words in _HEAD.items()
}
_DENIAL = re.compile(r"\b(?:not|cannot|never|neither|nor|without|no)\b|n't\b", re.I)
_TERM = re.compile(r"^- (.+?) → (.+?)(?: \(.*)?$", re.MULTILINE)
_SAYING_NOTHING = (
    *("이 대목에서는", "차근차근", "앞뒤 흐름을 따라", "읽는 이를 위해", "핵심이 되는 부분을 골라"),
    *("글의 순서에 맞추어", "알기 쉬운 말로", "배경부터 짚어 가며", "필요한 만큼", "자세하게"),
    *(
        "서로 견주어 보며",
        "구체적인 장면과 함께",
        "뜻이 잘 드러나도록",
        "처음 보는 이도 알 수 있게",
    ),
    *("여러 각도에서", "원문이 말하는 그대로", "흐름이 끊기지 않도록", "중요한 순서대로"),
)
_CLOSINGS = ("설명합니다", "다룹니다", "살펴봅니다", "소개합니다", "이야기합니다", "정리합니다")
_SHOUTED = frozenset(
    (
        *("A", "I", "NOT", "AND", "OR", "THE", "ALL", "NO", "ONLY", "BUT", "IS", "ARE", "IN"),
        *("ON", "OF", "TO", "FOR", "WITH", "VERY"),
    )
)


def scripted_model(behaviour: Behaviour | None = None) -> Starlette:
    """An OpenAI-compatible endpoint (``/v1``) that answers any question of jubo."""
    return completions(answer, behaviour)


def answer(question: Question) -> str:
    """The reply to a translation, a repair, a review or a commentary request."""
    data = read_data(question.user)
    segments = data.get("segments")
    if question.schema_name == "commentary" or not isinstance(segments, list):
        return json.dumps(_comment(question.user), ensure_ascii=False)
    if segments and "target" in segments[0]:
        judged = [{"id": each["id"], "errors": []} for each in segments]
        return json.dumps({"segments": judged})
    terms = tuple(_TERM.findall(question.user))
    sources = "\n".join(each["source"] for each in segments)
    inflected = tuple(term for term in terms if not list(_rendered(sources, (term,))))
    targets = [
        {"id": each["id"], "target": render(each["source"], each["kind"], terms, inflected)}
        for each in segments
    ]
    line = _line(segments) if data.get("summary_line") else ""
    return json.dumps({"segments": targets, "summary_line": line}, ensure_ascii=False)


def render(
    source: str,
    kind: str,
    terms: tuple[tuple[str, str], ...] = (),
    inflected: tuple[tuple[str, str], ...] = (),
) -> str:
    """The Korean stand-in of one segment; sources hold tokens for their protected spans.

    ``inflected`` terms stand in a form that cannot be found here; every segment renders them.
    """
    if kind == "title":
        return _title(source, terms)
    sentences = [part for part in _END.split(source) if part.strip()]
    used: list[str] = []
    for number, sentence in enumerate(sentences):
        used.append(_sentence(sentence, number, terms))
    also = ", ".join(korean for _, korean in inflected)
    return " ".join([*used, f"{also} 등도 다룹니다."] if also else used)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What has to stay, as Korean writes it."""

    at: int
    text: str


def _sentence(source: str, number: int, terms: tuple[tuple[str, str], ...]) -> str:
    pieces = _pieces(source, terms)
    start = _hash(source)
    closing = _CLOSINGS[(start + number) % len(_CLOSINGS)]
    words = [f"{', '.join(pieces)} 등을"] if pieces else []
    if _DENIAL.search(source):
        words.append("흔하지 않은 눈으로")
    at = start
    while len(" ".join([*words, closing])) < _SHARE * len(source) or not words:
        words.append(_SAYING_NOTHING[at % len(_SAYING_NOTHING)])
        at += 1
    return f"{' '.join([*words, closing])}."


def _title(source: str, terms: tuple[tuple[str, str], ...]) -> str:
    ordinary = re.findall(r"(?<![\w-])[A-Z]?[a-z]+(?![\w-])", source)
    if len(ordinary) < 2:
        return source
    name, colon, rest = source.partition(": ")
    if not colon or len(name.split()) > 3:
        name, colon, rest = "", "", source
    pieces = ", ".join(_pieces(rest, terms, title=True))
    words = [f"{pieces} 이야기" if pieces else "새로운 이야기"]
    at = _hash(source)
    while len(" ".join(words)) < _SHARE * len(rest):
        words.insert(0, _SAYING_NOTHING[at % len(_SAYING_NOTHING)])
        at += 1
    return f"{name}{colon}{' '.join(words)}"


def _pieces(source: str, terms: tuple[tuple[str, str], ...], *, title: bool = False) -> list[str]:
    found = [*_kept(source, title=title), *_rendered(source, terms)]
    ordered = [piece.text for piece in sorted(found, key=lambda piece: piece.at)]
    return list(dict.fromkeys(text for text in ordered if not text.startswith("⟦"))) + [
        text for text in ordered if text.startswith("⟦")
    ]


def _kept(source: str, *, title: bool) -> Iterator[_Piece]:
    """Tokens, names and numbers; a title has capitals that say nothing."""
    for match in _PIECE.finditer(source):
        token, name, number = match.groups()
        plain = title and name and re.fullmatch(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]*)*", name)
        if token or (name and not plain and _is_name(name, source, match.start())):
            yield _Piece(match.start(), match[0])
        elif number:
            yield _Piece(match.start(), _number(source, match))
    for found in () if title else spelled_quantities(source):
        if found.values[0] > 3:
            yield _Piece(found.span[0], str(found.values[0]))


def _is_name(word: str, source: str, at: int) -> bool:
    """Inner capitals, digits, acronyms; a capitalised word where no sentence begins."""
    if word in _SHOUTED or len(word) < 2:
        return False
    if word in _known_names():
        return True
    if re.search(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]-?\d|\d[A-Za-z]", word):
        return True
    begins = at == 0 or re.search(r"(?:[.!?:;]\s+|[\"“‘(*_]\s*)\Z", source[max(0, at - 4) : at])
    lower = re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", source)
    return word[0].isupper() and not begins and not lower


@cache
def _known_names() -> frozenset[str]:
    """Names, and companies that are no ordinary words."""
    lexicon = load_language(defaults_folder() / "languages" / "ko").lexicon
    companies = {latin for latins in lexicon.entities.values() for latin in latins}
    ordinary = {one for one in companies if one.lower() in ORDINARY_NAMES or one.islower()}
    names = {latin for latins in lexicon.names.values() for latin in latins}
    return frozenset(names | companies - ordinary - lexicon.exonyms.keys())


def _number(source: str, match: re.Match[str]) -> str:
    """The number as it stands, its unit and qualifier in Korean."""
    text, end = match[0], match.end()
    if unit := re.fullmatch(r"(.*\d)[xX×]", text):
        text = f"{unit[1]}배"
    for korean, pattern in _UNITS.items():
        if found := re.match(pattern, source[end:]):
            text, end = f"{text.rstrip('-')}{korean}", end + found.end()
            break
    head = source[max(0, match.start() - 30) : match.start()]
    for korean, pattern in _TAIL.items():
        if re.match(pattern, source[end : end + 20]):
            text = f"{text} {korean}"
    for korean, qualifier in _QUALIFIED.items():
        if qualifier.search(head):
            return f"{text} {korean}" if korean in {"초과", "미만"} else f"{korean} {text}"
    return text


def _rendered(source: str, terms: tuple[tuple[str, str], ...]) -> Iterator[_Piece]:
    for english, korean in terms:
        pattern = r"[\s-]".join(
            re.escape(_stem(part)) + r"\w{0,5}" for part in re.split(r"[\s-]", english)
        )
        if found := re.search(rf"(?<![\w]){pattern}", source, re.IGNORECASE):
            yield _Piece(found.start(), korean)


def _stem(word: str) -> str:
    return (
        re.sub(r"(?:ation|ement|ment|ing|ion|ed|es|e|y|s)\Z", "", word) if len(word) > 4 else word
    )


def _line(segments: list[dict[str, Any]]) -> str:
    """A line for the contents that says no more than the paper's first name."""
    names = [
        match[0]
        for each in segments
        for match in re.finditer(_NAME, each["source"])
        if _is_name(match[0], each["source"], match.start()) and len(match[0]) < 30
    ]
    return f"{names[0]} 한눈에 보기" if names else "핵심을 한눈에 보기"


def _comment(user: str) -> dict[str, Any]:
    """Three paragraphs that cite the week's papers and claim nothing."""
    try:
        papers = json.JSONDecoder().raw_decode(user, user.index("{"))[0]["papers"]
    except (ValueError, KeyError, TypeError):
        papers = []
    shown = [each for each in papers if re.fullmatch(r"[^\[\]<>`*_|\\{}@]+", each["name"])]
    groups = [shown[0:3], shown[3:6], shown[6:9]]
    return {
        "paragraphs": [
            [_cite(papers, _CLOSINGS[number]), _cite(papers[:1], _CLOSINGS[number + 3])]
            if papers
            else []
            for number, papers in enumerate(groups)
        ]
    }


def _cite(papers: list[dict[str, Any]], closing: str) -> dict[str, Any]:
    names = ", ".join(each["name"] for each in papers)
    return {
        "text": f"{names} 등을 차근차근 {closing}.",
        "papers": [each["rank"] for each in papers],
        "counts": [],
    }


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
