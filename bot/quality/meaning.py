"""Accuracy of comparisons, as far as words tell (MQM accuracy/mistranslation)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.names import find_names
from bot.quality.negations import DENIAL
from bot.quality.sentences import Sentence, aligned
from bot.quality.subject import Subject

_OPPOSITES = (
    ("increase", "decrease"),
    ("better", "worse"),
    ("faster", "slower"),
    ("larger", "smaller"),
    ("higher", "lower"),
    ("more", "fewer"),
)
# Pairs that only their own opposite can explain.
_STRICT_OPPOSITES = (
    ("half", "double"),
    ("top", "bottom"),
    ("silver", "gold"),
    ("gold", "silver"),
    ("bronze", "gold"),
    ("maximum", "minimum"),
    ("supervised", "unsupervised"),
    ("second", "first"),
)
_STRICT = {pair for one, other in _STRICT_OPPOSITES for pair in ((one, other), (other, one))}
# What clearly says so in English; "improve" may be a decrease of errors and is left out.
_CLEAR = {
    "increase": r"increas\w*|ris(?:e|es|ing)|rose|grow(?:s|n|th|ing)?|grew",
    "decrease": r"decreas\w*|reduc\w*|declin\w*|drop(?:s|ped|ping)?|shrink\w*|cuts?|cutting",
    "better": r"improv\w*|outperform\w*|surpass\w*|better|superior|beats?|exceed(?:s|ed|ing)?",
    "worse": r"underperform\w*|worse|inferior|lag(?:s|ging)? behind|falls? short",
    "faster": r"faster|speed(?:s|ing)? up|speed-?up",
    "slower": r"slower|slow(?:s|ing)? down|slowdown",
    "larger": r"larger|bigger",
    "smaller": r"smaller",
    "higher": r"higher|highest",
    "lower": r"lower|lowest|lowers|lowering",
    "more": r"more \w+ than",
    "fewer": r"fewer",
    "half": r"half|halv(?:e|es|ed|ing)|50%",
    "double": r"doubl(?:e|es|ed|ing)|twice|two-?fold|2x|two times|2 times|factor of (?:two|2)",
    "top": r"top|upper|highest|best",
    "bottom": r"bottom|lower|lowest|worst",
    "silver": r"silver",
    "gold": r"gold(?:en)?",
    "bronze": r"bronze",
    "maximum": r"max(?:imum|imal|imi[sz]\w*)?|at most|up to|largest|highest|peak|best|most",
    "minimum": r"min(?:imum|imal|imi[sz]\w*)?|at least|smallest|lowest|least|fewest"
    r"|as (?:little|few) as",
    "second": r"(?:rank(?:s|ed|ing)?|place[sd]?|come[s]?|finish(?:es|ed)?) second"
    r"|second[- ](?:best|highest|largest|most|place|only)|2nd|runner-up",
    "first": r"first[- ]place|1st place|ranks? (?:first|1st)|best-performing|winner",
    "supervised": r"(?<!un)(?<!self-)supervised",
    "unsupervised": r"unsupervised|self-supervised",
}
_PATTERNS = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in _CLEAR.items()}
# "no fewer than nine" says nothing of fewer.
_NEITHER = re.compile(
    r"\b(?:no|not|nor|never)\s(?:any\s|much\s|significantly\s)?(?:fewer|less|more|better|worse|slower"
    r"|faster|larger|bigger|smaller|higher|lower)\b",
    re.IGNORECASE,
)
# 사람에 미치지 못합니다 may well say that humans are better: what is compared changed places.
_COMPLEMENT = re.compile(r"[가-힣](?:에|에게|보다)\s(?:\S+게\s)?\Z")
_UPWARD = re.compile(
    r"\b(?:increas|improv|ris|grow|gain|boost|enhanc|high|more|better|larg|bigg|outperform|surpass|"
    r"superior|exceed|fast|speed|great|scal|up|best|strong|beat|accelerat|maximi|expand|extend|add|over\b|"
    r"above|beyond|at least|majority)",
    re.I,
)
_DOWNWARD = re.compile(
    r"\b(?:decreas|reduc|declin|drop|shrink|cut|lower|low|less|few|small|worse|underperform|inferior|"
    r"lag|fall|slow|minimi|mitigat|limit|without|degrad|save|saving|sav|cheap|compress|prun|weak|poor|"
    r"lightweight|alleviat|lack|remov|eliminat|avoid|down|short|decay|diminish|halv|half|negativ|not|"
    r"despite|efficien|compact|error|cost|at the expense|drawback|hurt|harm|loss|suffer|difficult)",
    re.I,
)


def reversed_comparisons(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where an increase became a decrease, better became worse, and the like.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> lexicon = Lexicon(directions={"increase": ("증가",), "decrease": ("감소",)})
    >>> korean = Language("ko", "", lexicon=lexicon)
    >>> pair = pair_of("It increases recall.", "재현율이 감소합니다.", korean)
    >>> [finding.evidence for finding in reversed_comparisons(pair)]
    ['감소']

    Only where the source sentence points one way in every word and the target the other way.
    """
    for source, target in aligned(subject.words, subject.text):
        for one, other in _OPPOSITES:
            yield from _reversed(subject, source, target, one, other, _DOWNWARD)
            yield from _reversed(subject, source, target, other, one, _UPWARD)
        for one, other in _STRICT_OPPOSITES:
            yield from _reversed(subject, source, target, one, other, _PATTERNS[other])
            # "reduces latency by 2x" halves it
            against = _DOWNWARD if one == "half" else _PATTERNS[one]
            yield from _reversed(subject, source, target, other, one, against)


def _swapped(subject: Subject, source: Sentence, target: Sentence) -> bool:
    """SGD is worse than Adam, and Adam이 SGD보다 낫습니다: what is compared has changed places."""
    than = subject.language.lexicon.comparing
    return bool(than) and any(
        re.search(rf"(?<![A-Za-z0-9]){re.escape(name.text)}\S{{0,4}}?(?:{than})", target.text)
        and name.span[0] < len(source.text) / 2
        and not re.search(rf"than\s+(?:\w+\s)?{re.escape(name.text)}", source.text)
        for name in find_names(source.text)
    )


def _reversed(
    subject: Subject,
    source: Sentence,
    target: Sentence,
    said: str,
    opposite: str,
    against: re.Pattern[str],
) -> Iterator[Finding]:
    directions = subject.language.lexicon.directions
    if said not in directions or opposite not in directions:
        return
    text = _NEITHER.sub(" ", source.text)
    clear = _PATTERNS[said].search(text)
    if clear is None or against.search(text):
        return
    if any(_stands(word, target.text) >= 0 for word in directions[said]):
        return
    if (said, opposite) not in _STRICT and DENIAL.search(text):
        return  # "neither exceeds 50%" is 둘 다 50%를 넘지 못합니다
    if (said, opposite) not in _STRICT and _swapped(subject, source, target):
        return
    for word in directions[opposite]:
        at = _stands(word, target.text)
        if at >= 0:
            start = target.start + at
            unsure = opposite == "worse" and _COMPLEMENT.search(target.text[:at])
            yield subject.finding(
                "reversed_comparisons",
                ErrorType.MISTRANSLATION,
                Severity.MINOR if unsure else Severity.MAJOR,
                f"the source says {clear.group()!r}, the target the opposite",
                span=(start, start + len(word)),
            )
            return


def _stands(word: str, text: str) -> int:
    """Where the word stands, -1 for nowhere; 큰 is not in 토큰, but 줄어 is in 줄어듭니다."""
    if len(word) > 1:
        return text.find(word)
    match = re.search(rf"(?<![^\W\d_]){re.escape(word)}", text)
    return match.start() if match else -1
