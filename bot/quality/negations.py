"""Negations (MQM accuracy/mistranslation): "does not need" is not 필요합니다, nor the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.lexicon import Lexicon
from bot.model.translation import Kind
from bot.quality.sentences import Sentence, aligned
from bot.quality.subject import Subject

DENIAL = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply|limited to|necessarily))|cannot|never|neither|nor"
    r"|without|no(?! (?:longer|matter|more|less|fewer|\d)))\b|n't\b",
    re.I,
)
_HARMLESS = re.compile(
    r"not without|if not|not to mention|why not|no\. ?\d|or not|but not limited to"
    r"|including but not"
    r"|not (?:surprising|unexpected|coincident)\w*|no (?:wonder|doubt)|cannot be overstated"
    r"|not (?:un(?:common|usual|like|reasonable|heard)|infrequent|negligible|insignificant)\w*"
    r"|without (?:sacrific|compromis|los|hurt|degrad|harm|affect|impair)\w*",
    re.IGNORECASE,
)
_NEGATIVE_HINT = re.compile(
    r"\bnot?\b|n't|\bcan ?not|never|neither|\bnor\b|without|\bun\w+|\bnon-?|\bdis|\bi[nmr][a-z]{4,}"
    r"|fail|lack|instead|rather|hardly|only|few|less\b|unless|absen|avoid|prevent|ignor|exclu|free"
    r"|limit|despite|however|but|although|though|while|difficult|hard|challeng|remain|miss|reject"
    r"|refus|elimin|remov|beyond|yet|struggl|cease|stop|den(?:y|ies)|omit|vulnerab|weak|poor|worse"
    r"|short|suffer|rare|seldom|barely|except|minim|regardless|agnostic|contrary|negat|oppos|forget"
    r"|lose|loss|too |small|low|gap|even|any\b|little|frozen|fixed|keep|preserv|blind|hidden"
    r"|neutral|constant|stable|far from",
    re.I,
)
# What a source denies, where a translation may state the opposite instead: "does not change" is
# 그대로입니다. The words of the opposite are the lexicon's, by the same names.
_DENIED = {
    "change": r"chang|differ|alter|var(?:y|ies|ied|ying)\b|modif|affect|degrad|deteriorat|suffer"
    r"|drop|fall|updat|retrain|touch",
    "let": r"let\b|allow|permit|pass(?:es)?\b|admit|leak",
    "need": r"need|requir|rel(?:y|ies|ying)\b|depend|have to|take|took|us(?:e|es|ing)\b|extra"
    r"|additional|further",
    "know": r"know|clear|certain|\bsure|understood|obvious|settled|consensus|evident|agree",
    "yet": r"yet\b|still|now\b|until|ready|replace",
    "same": r"same\b|identical|equal|equivalent|alike|interchangeable",
    "more": r"more than|over\b|exceed|beyond|above|longer than|larger than|greater than",
    "follow": r"follow|obey|comply|respect|satisf|adhere|meet\b",
    "easy": r"easy|easily|trivial|simple|straightforward",
}
_DENIES = {name: re.compile(rf"\b(?:{words})", re.IGNORECASE) for name, words in _DENIED.items()}
# What a source states, where a translation may deny the opposite: "stays the same" is 달라지지
# 않습니다. The words of such denials are the lexicon's, by the same names.
_STATED = {
    "same": r"same\b|identical|hold(?:s|ing)?\b|held\b|persist|intact|retain|maintain|flat\b|match"
    r"|plateau|saturat|consisten|robust|par\b|still",
    "enough": r"alone\b|suffic|enough|exclusive|solely",
    "hard": r"complex|complicat|costly|expensive|fragil|brittle|subtle|subjective|finite|demanding"
    r"|tough|tricky|nuanced|intricate|elusive|noisy|patien|slow",
}
_STATES = {name: re.compile(rf"\b(?:{words})", re.IGNORECASE) for name, words in _STATED.items()}
_REACH = 45  # letters behind a denial that say what is denied
_BEFORE = 12  # letters before an ending that denies, enough for an idiom


def changed_negation(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where a sentence lost its negation, or certainly gained one.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> lexicon = Lexicon(negation=("않", "없"), denial=("지 않습니다",))
    >>> korean = Language("ko", "", lexicon=lexicon)
    >>> pair = pair_of("It does not need labels.", "레이블이 필요합니다.", korean)
    >>> [finding.evidence for finding in changed_negation(pair)]
    ['not']
    """
    lexicon = subject.language.lexicon
    if not lexicon.negation or subject.kind is Kind.TITLE:
        return
    for source, target in aligned(subject.words, subject.text):
        denied = _denial(source.text, target.text, lexicon)
        if denied and not any(sign in target.text for sign in lexicon.negation):
            yield subject.finding(
                "changed_negation",
                ErrorType.MISTRANSLATION,
                Severity.MAJOR,
                f"the source denies ({denied}), the target does not",
                evidence=denied,
            )
        if not _NEGATIVE_HINT.search(source.text):
            yield from _added_denial(subject, source, target)


def _denial(source: str, target: str, lexicon: Lexicon) -> str | None:
    """The first denial that is no part of a name the target repeats: No Man's Sky.

    Nor one whose opposite the target states: 그대로 for "does not change".
    """
    text = _HARMLESS.sub("", source)
    for match in DENIAL.finditer(text):
        near = re.search(r"\S*\Z", text[: match.start()]), re.match(r"\s?\S+", text[match.end() :])
        phrase = "".join(part.group() for part in (near[0], match, near[1]) if part)
        if phrase[0].isupper() and phrase.strip(".,;:") in target:
            continue
        denied = re.split(r"[.;:]\s", text[match.end() : match.end() + _REACH])[0]
        if not _says_any(denied, target, _DENIES, lexicon.opposites):
            return match.group()
    return None


def _added_denial(subject: Subject, source: Sentence, target: Sentence) -> Iterator[Finding]:
    lexicon = subject.language.lexicon
    for sign in lexicon.denial:
        at = target.text.find(sign)
        around = target.text[max(0, at - _BEFORE) : at + len(sign)]
        if at < 0 or any(idiom in around for idiom in lexicon.not_denial):
            continue
        if _says_any(source.text, around, _STATES, lexicon.litotes):
            continue
        start = target.start + at
        yield subject.finding(
            "changed_negation",
            ErrorType.MISTRANSLATION,
            Severity.MAJOR,
            "the target denies what the source states",
            span=(start, start + len(sign)),
        )
        return


def _says_any(
    source: str,
    target: str,
    patterns: Mapping[str, re.Pattern[str]],
    words: Mapping[str, tuple[str, ...]],
) -> bool:
    """Whether the two say the same thing of any name, each in its own way."""
    return any(
        pattern.search(source) and any(word in target for word in words.get(name, ()))
        for name, pattern in patterns.items()
    )
