"""Numbers of a commentary: each stands in a cited paper or is a count the sentence declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.model.commentary import CommentaryWords
from bot.model.language import Language
from bot.quality.quantities import (
    Quantity,
    implied_values,
    source_quantities,
    spelled_quantities,
    target_quantities,
)
from bot.translation.particles import ends_word

_NAME_AND_NUMBER = re.compile(r"[A-Za-z][\w.+-]*[ -]v?\d[\d.]*\w*", re.ASCII)
_GLUED = re.compile(r"(?<![A-Za-z0-9.,@-])\d[\d.,]*[A-Za-z][A-Za-z0-9]*", re.ASCII)
_VERSION = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][\w.+-]*\s\d{1,2}(?:\.\d+)?(?![\d,.]*[\dA-Za-z%~])", re.ASCII
)
_RANGE = re.compile(r"\s?(?:to|and|or|[-–~])\s?\d")  # "10 to 40 times": 10 has the unit of 40
_SCORES = frozenset({"points"})
_LOOSE = frozenset({None, "days", "months", "years"})  # "in 2024" may well be 2024년


@dataclass(frozen=True, slots=True)
class Stated:
    """The counts that a sentence may state.

    Attributes:
        now: Of papers this week.
        before: Of papers in the weeks of a window.
        total: All papers of this week; only as the whole of a part.
        weeks: Lengths of windows.
        cited: How many papers the sentence cites.
    """

    now: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    total: int = 0
    weeks: frozenset[int] = frozenset()
    cited: int = 0


def find_false_numbers(
    text: str,
    cited: str,
    stated_at: Callable[[int], Stated],
    language: Language,
    words: CommentaryWords,
) -> Iterator[str]:
    """Reasons why a number cannot stand, one line each.

    Args:
        text: The sentence, names of themes blanked out.
        cited: The English of the papers that it cites.
        stated_at: The counts it may state at a place.
        language: For magnitudes (만, 억) and units.
        words: For number words and what stands behind a number of papers.
    """
    yield from _strange_names(text, cited)
    plain = blank_names(text, cited)
    there = _units_by_value(cited)
    for found in target_quantities(plain, language):
        stated = stated_at(found.span[0])
        if _is_of_papers(plain, found.span[1], words):
            yield from _judge_count(plain, found.span, int(found.values[0]), stated, words)
        elif not _fits(found, there) and not _is_stated(found, stated):
            yield f"number {_shown(plain, found)} is in no cited paper and no declared count"
    for span, value in _number_words(plain, words):
        word, stated = plain[slice(*span)], stated_at(span[0])
        if _is_of_papers(plain, span[1], words):
            yield from _judge_count(plain, span, value, stated, words)
        elif value in {stated.cited, text.count(",") + 1}:
            continue  # the papers it cites, or what it lists
        elif value > 1 and not _word_fits(value, plain, span[1], cited, there, language):
            yield f"{word!r} says {value}, which is not what it rests on"


def find_false_shares(
    text: str, stated_at: Callable[[int], Stated], words: CommentaryWords
) -> Iterator[str]:
    """Reasons why "half of the week's papers" cannot stand, one line each."""
    for word, (least, largest) in words.shares.items():
        part = rf"(?:{words.whole})[^.]*{word}|{word}의? (?:{words.whole})"
        found = re.search(part, text)
        stated = stated_at(found.end() - 1 if found else 0)
        if found is None or not stated.total:
            continue
        shares = [count / stated.total for count in (*stated.now, stated.cited)]
        if not any(least <= share <= largest for share in shares):
            yield f"{word!r} of {stated.total} papers: no such count is declared"


def counts_papers(text: str, words: CommentaryWords) -> bool:
    """True where the text says how many papers, in digits or as a word."""
    counters = "|".join(words.paper_counters)
    numerals = "|".join((r"\d", *words.numerals))
    return bool(counters) and re.search(rf"(?:{numerals})\s?(?:{counters})", text) is not None


def _strange_names(text: str, cited: str) -> Iterator[str]:
    """Tokens such as 48GB, and versions such as "Llama 4", that the cited text does not have."""
    for token in _GLUED.findall(text):
        number = re.fullmatch(r"[\d.,]+(?:[kKMBTxX]|ms|s)", token)
        if not number and not re.search(rf"(?<!\w){_spaced(token)}(?!\w)", cited):
            yield f"{token} is in no cited paper"
    for match in _VERSION.finditer(text):
        if ends_word(text, match.end()) and not re.search(rf"{re.escape(match[0])}(?![\d])", cited):
            yield f"name {match[0]} is in no cited paper"


def _spaced(token: str) -> str:
    return re.sub(r"(?<=\d)(?=[A-Za-z])", lambda _: r"[\\s-]?", token.replace(".", r"\."))


def blank_names(text: str, cited: str) -> str:
    """The text, blanks where names with numbers stand ("Llama 3", "pass@1") that the cited has."""
    text = re.sub(r"[A-Za-z]\w*@\d+", lambda match: " " * len(match[0]), text, flags=re.ASCII)
    for name in sorted(set(_NAME_AND_NUMBER.findall(text)), key=len, reverse=True):
        if name in cited:
            text = text.replace(name, " " * len(name))
    return text


def _units_by_value(cited: str) -> Mapping[Decimal, set[str | None]]:
    """What each number of the cited text counts; "any" at the start of a range."""
    there: dict[Decimal, set[str | None]] = {}
    for line in cited.split("\n"):
        for found in (*source_quantities(line), *spelled_quantities(line)):
            open_range = found.unit is None and _RANGE.match(line, found.span[1])
            for value in found.values:
                there.setdefault(value, set()).add("any" if open_range else found.unit)
    return there


def _fits(found: Quantity, there: Mapping[Decimal, set[str | None]]) -> bool:
    units = set[str | None]().union(*(there.get(value, set()) for value in found.values))
    if not units:
        return False
    if found.unit in _LOOSE:
        return found.unit is None or bool(units & {found.unit, None, "any"})
    if found.unit in _SCORES:  # 30점 is 30 of whatever the benchmark counts
        return bool(units & {None, "percent", "points", "any"})
    if found.unit == "percent" and "points" in units:
        return True
    if found.unit == "fraction":
        return bool(units & {"times", "fraction", "any"})
    return found.unit in units or "any" in units


def _is_stated(found: Quantity, stated: Stated) -> bool:
    value = int(found.values[0])
    if found.unit == "weeks":
        return value in stated.weeks
    return found.unit is None and value in stated.now | stated.before


def _is_of_papers(text: str, end: int, words: CommentaryWords) -> bool:
    return text[end:].lstrip().startswith(words.paper_counters)


def _judge_count(
    text: str, span: tuple[int, int], value: int, stated: Stated, words: CommentaryWords
) -> Iterator[str]:
    now, before = stated.now | ({stated.cited} - {0}), stated.before
    if words.part_of and re.match(words.part_of, text[span[1] :]):
        now |= {stated.total}
    side = _side(text[: span[0]], words)
    allowed = {"now": now, "before": before}.get(side, now | before)
    if value not in allowed:
        yield f"{text[slice(*span)]!r} papers: no such count is declared for them"


def _side(text: str, words: CommentaryWords) -> str:
    """Whether a count is of this week or of the weeks before, by the last word that says so."""
    now = max((text.rfind(word) for word in words.this_week), default=-1)
    earlier = [match.start() for match in re.finditer(words.earlier, text)] if words.earlier else []
    before = max(earlier, default=-1)
    if now == before == -1:
        return ""
    return "now" if now > before else "before"


def _number_words(text: str, words: CommentaryWords) -> Iterator[tuple[tuple[int, int], int]]:
    if not words.numerals or not words.counters:
        return
    numerals = "|".join(sorted(words.numerals, key=len, reverse=True))
    counters = "|".join((*words.paper_counters, *words.counters))
    for match in re.finditer(rf"(?<![가-힣])({numerals})(?=\s?(?:{counters})(?P<even>도)?)", text):
        value = words.numerals[match[1]]
        yield match.span(), 0 if match["even"] and value == 1 else value  # 한 편도 없다


def _word_fits(
    value: int,
    text: str,
    end: int,
    cited: str,
    there: Mapping[Decimal, set[str | None]],
    language: Language,
) -> bool:
    unit = language.lexicon.units.get("times", ())[:1]
    if unit and text[end:].lstrip().startswith(unit):
        strict = Quantity((Decimal(value),), (0, 0), "", "times")
        doubled = value == 2 and re.search(r"\b(?:twice|doubl|twofold)", cited, re.IGNORECASE)
        return _fits(strict, there) or doubled is not None
    worded = Decimal(value) in implied_values(re.sub(r"\d", " ", cited))
    return Decimal(value) in there or worded


def _shown(text: str, found: Quantity) -> str:
    return text[found.span[0] : found.span[1] + 2].strip()
