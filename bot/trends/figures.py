"""Numbers of a commentary: each stands in a cited paper or is a count the sentence declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from bot.model.commentary import CommentaryWords
from bot.model.language import Language
from bot.quality.dates import find_months
from bot.quality.quantities import Quantity, source_quantities, target_quantities
from bot.quality.spelled import implied_values, spelled_quantities
from bot.translation.particles import ends_word
from bot.trends.tally import Stated, is_of_papers, judge_count
from bot.trends.windows import begins_weeks

_NAME_AND_NUMBER = re.compile(r"[A-Za-z][\w.+-]*[ -]v?\d[\d.]*\w*", re.ASCII)
_GLUED = re.compile(r"(?<![A-Za-z0-9.,@-])\d[\d.,]*[A-Za-z][A-Za-z0-9]*", re.ASCII)
_VERSION = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][\w.+-]*\s\d{1,2}(?:\.\d+)?(?![\d,.]*[\dA-Za-z%~])", re.ASCII
)
_RANGE = re.compile(r"\s?(?:to|and|or|[-–~])\s?\d")  # "10 to 40 times": 10 has the unit of 40
_SCORES = frozenset({"points"})
_FOLD = {
    2: "twice|doubl|two-?fold",
    3: "thrice|tripl|three-?fold",
    4: "quadrupl|four-?fold",
    5: "five-?fold",
    10: "ten-?fold|orders? of magnitude",
}
_MEASURED = frozenset({"percent", "points", "times"})
_LOOSE = frozenset({None, "days", "months", "years"})  # "in 2024" may well be 2024년


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
        if is_of_papers(plain, found.span[1], words):
            if found.values[0] <= stated.total or not _fits(found, there):
                yield from judge_count(plain, found.span, int(found.values[0]), stated, words)
        elif _is_month(found, plain, language):
            if int(found.values[0]) not in find_months(cited):
                yield f"month {_shown(plain, found)} is in no cited paper"
        elif _is_rank(found, plain, words):
            if int(found.values[0]) not in stated.ranks:
                yield f"rank {_shown(plain, found)} is of no cited paper"
        elif _is_times(found, stated):
            if not _times_fit(float(found.values[0]), stated):
                yield f"{_shown(plain, found)} is not how the declared shares compare"
        elif not _fits(found, there, counted=_is_counted(plain, found, words)) and not _is_stated(
            found, stated
        ):
            yield f"number {_shown(plain, found)} is in no cited paper and no declared count"
    for span, value in _number_words(plain, words):
        word, stated = plain[slice(*span)], stated_at(span[0])
        if is_of_papers(plain, span[1], words):
            yield from judge_count(plain, span, value, stated, words)
        elif begins_weeks(plain, span[1]):
            if value > 1 and value not in stated.weeks:
                yield f"{word!r} weeks: no change against so many is stated"
        elif value in {stated.cited, len(stated.ranks), text.count(",") + 1}:
            continue  # the papers it cites, or what it lists
        elif _compares(stated) and _counts_times(plain, span[1], language):
            if not _times_fit(value, stated):
                yield f"{word!r} times is not how the declared shares compare"
        elif value > 1 and not _word_fits(value, plain, span[1], cited, there, language):
            yield f"{word!r} says {value}, which is not what it rests on"


def _strange_names(text: str, cited: str) -> Iterator[str]:
    """Tokens such as 48GB, and versions such as "Llama 4", that the cited text does not have."""
    for token in _GLUED.findall(text):
        number = re.fullmatch(r"[\d.,]+(?:[kKMBTxX]|ms|s)", token)
        if not number and not re.search(rf"(?:(?<!\w)|(?<=\d[x×])){_spaced(token)}(?!\w)", cited):
            yield f"{token} is in no cited paper"
    for match in _VERSION.finditer(text):
        if ends_word(text, match.end()) and not re.search(rf"{re.escape(match[0])}(?![\d])", cited):
            yield f"name {match[0]} is in no cited paper"


def _spaced(token: str) -> str:
    return re.sub(r"(?<=\d)(?=[A-Za-z])", lambda _: r"[\s-]?", token.replace(".", r"\."))


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


def _fits(
    found: Quantity, there: Mapping[Decimal, set[str | None]], *, counted: bool = False
) -> bool:
    """``counted`` things are no percentage: 13 datasets are not 13%."""
    if found.unit == "years" and "months" in there.get(12 * found.values[0], set()):
        return True
    units = set[str | None]().union(*(there.get(value, set()) for value in found.values))
    if counted:
        if found.values[0] == 1:  # a single one
            return True
        units -= _MEASURED
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


def _is_month(found: Quantity, text: str, language: Language) -> bool:
    month = language.lexicon.month
    there = text[found.span[1] :]
    return bool(month) and there.startswith(month) and found.values[0] in range(1, 13)


def _is_rank(found: Quantity, text: str, words: CommentaryWords) -> bool:
    return bool(words.rank_of) and re.match(words.rank_of, text[found.span[1] :]) is not None


def _is_counted(text: str, found: Quantity, words: CommentaryWords) -> bool:
    return found.unit is None and text[found.span[1] :].lstrip().startswith(words.counters)


def _number_words(text: str, words: CommentaryWords) -> Iterator[tuple[tuple[int, int], int]]:
    if not words.numerals or not words.counters:
        return
    numerals = "|".join(sorted(words.numerals, key=len, reverse=True))
    counters = "|".join((*words.paper_counters, *words.counters))
    for match in re.finditer(rf"(?<![가-힣])({numerals})(?=\s?(?:{counters})(?P<even>도)?)", text):
        value = words.numerals[match[1]]
        yield match.span(), 0 if match["even"] and value == 1 else value  # 한 편도 없다


def _counts_times(text: str, end: int, language: Language) -> bool:
    unit = language.lexicon.units.get("times", ())[:1]
    return bool(unit) and text[end:].lstrip().startswith(unit)


def _is_times(found: Quantity, stated: Stated) -> bool:
    return found.unit == "times" and _compares(stated)


def _compares(stated: Stated) -> bool:
    """It declares counts of this week and of the weeks before, or two of this week."""
    return bool(stated.now and stated.before) or len(stated.declared) > 1


def _times_fit(value: float, stated: Stated) -> bool:
    """So many times as large is a share as in the weeks before, or a count as another; rounded."""
    shares = [part / whole for part in stated.before for whole in stated.before if part < whole]
    grown = [count / stated.total / share for count in stated.now for share in shares if share]
    compared = [one / other for one in stated.declared for other in stated.declared if other]
    return any(0.7 * times <= value <= 1.1 * times for times in (*grown, *compared) if times > 1)


def _word_fits(
    value: int,
    text: str,
    end: int,
    cited: str,
    there: Mapping[Decimal, set[str | None]],
    language: Language,
) -> bool:
    if _counts_times(text, end, language):
        strict = Quantity((Decimal(value),), (0, 0), "", "times")
        worded = value in _FOLD and re.search(rf"\b(?:{_FOLD[value]})", cited, re.IGNORECASE)
        grown = there.get(Decimal(100 * (value - 1)), set())  # by 100%: twice as much
        return _fits(strict, there) or bool(worded) or "percent" in grown
    counted = there.get(Decimal(value), set()) - _MEASURED
    implied = Decimal(value) in implied_values(re.sub(r"\d", " ", cited))
    return bool(counted) or implied


def _shown(text: str, found: Quantity) -> str:
    return text[found.span[0] : found.span[1] + 2].strip()
