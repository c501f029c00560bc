"""Register (MQM style/register): running text keeps one level of politeness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.translation import Kind
from bot.quality.sentences import Sentence, quoted, split
from bot.quality.subject import Subject

_CLOSING = re.compile(r"[\s.!?。！？:;…\"'”’」』*_\ufffc]+\Z")
_TAIL = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\](?:\([^()]*\))?)\s*\Z")
_LEAD_IN = re.compile(r"^\s*(?:\*\*[^*\n]+\*\*\s?:?|__[^_\n]+__\s?:?|[^.:\n()]{1,40}:\s)\s*")
_NATIVE = re.compile(r"[^\W\d_A-Za-z]")
_WORDS_OF_A_SENTENCE = 4
_GLOSSES = 9  # at the end of one sentence
# What begins a sentence that asks the reader to do something.
_REQUEST = re.compile(
    r"(?:\A|[.!?:;\"“]\s*|\n\W*)(?:please|try|see|check|visit|note|read|refer|consider|let|start|stop"
    r"|ask|think|imagine|look|keep|don't|do not|make sure|explore|watch|join|use)\b",
    re.IGNORECASE,
)
_ANNOUNCED = 120  # letters; of several questions, the first ones stand between
_NUMBERED = re.compile(r"\W{0,3}(?:\(?[\divx]{1,3}[).:]|[①-⑨]|R?Q\d)", re.IGNORECASE)


def wrong_register(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every sentence that does not end in the register of the language.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> lexicon = Lexicon(polite="니다$", plain="다$", nominal="[함음임]$")
    >>> korean = Language("ko", "", register="hapsida", lexicon=lexicon)
    >>> pair = pair_of("…", "모델을 제안한다. 성능이 좋습니다. 코드를 공개함.", korean)
    >>> [found.evidence for found in wrong_register(pair)]
    ['모델을 제안한다.', '코드를 공개함.']

    Titles may end as they like, only not in a polite statement (``stated``); so may the bold label
    of a bullet. A sentence that ends in a noun
    is major from four words on, minor below: a short bullet may be a list. Research questions that
    are numbered or announced keep their own register in good texts: minor.
    """
    if subject.kind is Kind.TITLE:
        yield from _stated(subject)
        return
    if not subject.language.lexicon.polite:
        return
    quotes = quoted(subject.text)
    yield from _familiar(subject, quotes)
    for sentence in split(subject.text):
        body = _body(sentence)
        if not _NATIVE.search(body) or any(a <= sentence.end - 1 <= b for a, b in quotes):
            continue  # what is quoted keeps its own register
        severity = _severity(subject, sentence, body)
        if severity is Severity.MAJOR and _may_stand(subject, sentence, body):
            severity = Severity.MINOR
        if severity is not None:
            yield subject.finding(
                "wrong_register",
                ErrorType.REGISTER,
                severity,
                f"the sentence does not end in the register {subject.language.register}",
                span=(sentence.start, sentence.end),
            )


def _familiar(subject: Subject, quotes: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """너는 for "you": readers are not spoken to like this."""
    familiar = subject.language.lexicon.familiar
    found = _compiled(familiar).finditer(subject.text) if familiar else ()
    for match in found:
        if not any(start <= match.start() <= end for start, end in quotes):
            yield subject.finding(
                "wrong_register",
                ErrorType.REGISTER,
                Severity.MAJOR,
                f"{match.group()} is too familiar for the register {subject.language.register}",
                span=match.span(),
            )
            return


def _stated(subject: Subject) -> Iterator[Finding]:
    lexicon = subject.language.lexicon
    stated = lexicon.stated
    body = _CLOSING.sub("", subject.text)
    # 개선한다 may be a title; with a full stop that the source has not, it is running text
    stopped = subject.text.rstrip().endswith(".") and not subject.words.rstrip().endswith(".")
    sentence = stopped and bool(lexicon.plain) and _compiled(lexicon.plain).search(body)
    if sentence or (stated and _compiled(stated).search(body)):
        yield subject.finding(
            "wrong_register",
            ErrorType.REGISTER,
            Severity.MAJOR,
            "a title is no polite statement",
            span=(0, len(subject.target)),
        )


def _severity(subject: Subject, sentence: Sentence, body: str) -> Severity | None:
    lexicon = subject.language.lexicon
    polite = _compiled(lexicon.polite)
    if polite.search(body):
        return None
    for pattern in (lexicon.plain, lexicon.nominal):
        if pattern and _compiled(pattern).search(body):
            return Severity.MAJOR
    if any(polite.search(part) for part in sentence.text.split(":")[:-1]):
        return None  # a list behind a whole sentence: 다음과 같습니다: (1) …
    stopped = _is_stopped(sentence.text)
    long = len(body.split()) >= _WORDS_OF_A_SENTENCE or not lexicon.spaces
    return Severity.MAJOR if long and (stopped or _is_cut(subject, sentence)) else Severity.MINOR


def _is_stopped(text: str) -> bool:
    return text.rstrip("*_ \n").endswith((".", "!", "?", "。"))


def _is_cut(subject: Subject, sentence: Sentence) -> bool:
    """The last sentence has no end, though the source has one and so has all before it."""
    before = subject.text[: sentence.start].rstrip()
    last = not subject.text[sentence.end :].strip() and "\n" not in subject.text
    announced = any(word in before[-_ANNOUNCED:] for word in subject.language.lexicon.asking)
    return last and not announced and _is_stopped(before) and _is_stopped(subject.words)


def _may_stand(subject: Subject, sentence: Sentence, body: str) -> bool:
    """A request of the source (해 보세요), or a question that the text numbers or announces."""
    lexicon = subject.language.lexicon
    if lexicon.request and _compiled(lexicon.request).search(body):
        return _REQUEST.search(subject.words) is not None
    asks = sentence.text.rstrip("*_ \"'”’").endswith("?") and "?" in subject.words
    if not (asks and lexicon.question and _compiled(lexicon.question).search(body)):
        return False
    label = sentence.text.partition(":")[0] if ":" in sentence.text else ""
    before = subject.text[max(0, sentence.start - _ANNOUNCED) : sentence.start] + label
    announced = any(word in before for word in lexicon.asking)
    return announced or _NUMBERED.match(sentence.text) is not None


def _body(sentence: Sentence) -> str:
    """The sentence without closing marks, a gloss at its end and a label at its beginning."""
    text = sentence.text
    label = _LEAD_IN.match(text)
    if label and label.end() < len(text.rstrip("*_ .")):
        text = text[label.end() :]
    elif label and text.rstrip().endswith((":", "**")):
        return ""
    for _ in range(_GLOSSES):
        previous, text = text, _TAIL.sub("", _CLOSING.sub("", text))
        if previous == text:
            break
    return text


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
