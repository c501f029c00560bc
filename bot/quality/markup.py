"""Markup (MQM): protected spans, TeX and Markdown leaks, links, mentions, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.english import words
from bot.quality.subject import (
    CODE,
    FORMULA,
    QUOTED,
    READABLE,
    URL,
    Subject,
    is_readable,
    without_nested,
)

_TEX = re.compile(
    r"\\(?:emph|textbf|textit|texttt|textsc|textrm|text|url|href|cite[pt]?|ref|eqref|label|footnote"
    r"|mathbf|mathcal|mathrm|mathbb|frac|sqrt|sim|approx|times|alpha|beta|gamma|lambda|epsilon|pm"
    r"|leq|geq|left|right|begin|end|item|section|paragraph|underline|bf|it|em|rm|tt)\b"
    r"(?:\s?\{[^{}]*\}?)?"
    r"|(?<![\w\\])(?:t?ext(?:it|bf|tt|sc|rm|sf)|emph|mathbf|mathrm|mathcal)\{[^{}]*\}"
    r"|\\[a-zA-Z]{2,}\{[^{}]*\}?|\\[%&_#$]|(?<!\w)[_^]\{[^{}]*\}"
)
_STRAY_DOLLAR = re.compile(r"(?<![\\$])\$(?!\s?\d)|(?<=\d)\$")
_TEX_QUOTE = re.compile(r"(?<!`)``(?!`)(?=[^`\n]{1,200}(?:''|\"|”))")
_PLACEHOLDER = re.compile(
    r"⟦\s*\d*\s*⟧|⟦|⟧|\{\{[^{}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|<(?:ph|span|x)\s?\d+/?>"
)
_LINK = re.compile(r"!?\[[^\[\]\n]{0,300}\]\(\s?<?([^()\s>]{1,500})>?[^()\n]{0,100}\)")
_MENTION = re.compile(r"(?<![\w./@-])@[A-Za-z가-힣][\w-]{1,}")
_HTML = re.compile(
    r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>=\n]{1,60}=[^<>\n]{0,300})?\s?/?>|<!--|&(?:[a-z]{2,8}|#x?[0-9a-f]{2,6});",
    re.I,
)
_DANGEROUS = words("""
    a script iframe img style object embed svg form input button link meta base video audio div
    details summary table br p span font center u b i
""")
_TAG = re.compile(r"</?[A-Za-z][\w-]{0,30}>|\b[A-Za-z_][\w.]{0,40}\(\)")
_TRANSLATED_TAG = re.compile(r"</?[가-힣][가-힣 ]{0,20}>")
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,20}\]:?")
_BROKEN_LINK = re.compile(r"\[[^\[\]\n]{1,80}\]\([^()\n]{0,200}\Z", re.MULTILINE)
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s", re.MULTILINE)


def protected_spans(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every formula, code or address that is lost, changed or new.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("cost $O(n^2)$, see `run`", "비용 $O(n)$, `run` 참고", Language("ko", ""))
    >>> [(found.evidence, found.message) for found in protected_spans(pair)]
    [('$O(n^2)$', 'protected span is missing'), ('$O(n)$', 'protected span is not in the source')]
    """
    for text in sorted(_tags(subject.source) - _tags(subject.target)):
        yield subject.finding(
            "protected_spans",
            ErrorType.SPAN,
            Severity.MAJOR,
            "a special token or call is missing",
            evidence=text,
            suggestion=text,
        )
    for match in _TRANSLATED_TAG.finditer(subject.text) if _tags(subject.source) else ():
        yield subject.finding(
            "protected_spans",
            ErrorType.SPAN,
            Severity.MAJOR,
            "a special token stays as it is",
            span=match.span(),
        )
    before, after = _spans(subject.source), _spans(subject.target)
    for start, end in _surplus(before, after):
        text = subject.source[start:end]
        yield subject.finding(
            "protected_spans",
            ErrorType.SPAN,
            Severity.MAJOR,
            "protected span is missing",
            evidence=text,
            suggestion=text,
        )
    for start, end in _surplus(after, before | _quoted(subject.source)):
        yield subject.finding(
            "protected_spans",
            ErrorType.SPAN,
            Severity.CRITICAL if URL.match(subject.target[start:end]) else Severity.MAJOR,
            "protected span is not in the source",
            span=(start, end),
        )


def tex_leaks(subject: Subject) -> Iterator[Finding]:
    r"""Yield a Finding for TeX outside formulas, whether or not the source has it.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("the code", r"\emph{코드}는 26$의 비용", Language("ko", ""))
    >>> [found.evidence for found in tex_leaks(pair)]
    ['\\emph{코드}', '$']
    """
    for match in _TEX.finditer(subject.text):
        yield _leak(subject, "tex_leaks", match.span(), "TeX is left over")
    for match in FORMULA.finditer(subject.target):
        if re.fullmatch(r"\$\s*\\text(?:bf|it|tt|sc)?\{[^{}]*\}\s*\$", match.group()):
            yield _leak(subject, "tex_leaks", match.span(), "a formatted word is set as a formula")
        elif READABLE.fullmatch(match.group()):
            kept = match.group() in subject.source
            yield subject.finding(
                "tex_leaks",
                ErrorType.MARKUP,
                Severity.MINOR if kept else Severity.MAJOR,
                "a plain number is set as a formula",
                span=match.span(),
            )
    for match in _TEX_QUOTE.finditer(subject.text):
        yield _leak(subject, "tex_leaks", match.span(), "TeX's quotation marks are left over")
    for match in _STRAY_DOLLAR.finditer(subject.text):
        if "$" not in subject.words or match.group() not in subject.words:
            yield _leak(subject, "tex_leaks", match.span(), "a dollar sign without its partner")


def markdown_leaks(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for emphasis, code and brackets without a partner, and for new structure.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("**Result:** good", "**결과: 좋습니다.", Language("ko", ""))
    >>> [found.evidence for found in markdown_leaks(pair)]
    ['**']
    """
    text = subject.text
    for sign in ("**", "__", "`"):
        if text.count(sign) % 2 and not subject.words.count(sign) % 2:
            at = text.rfind(sign)
            yield _leak(subject, "markdown_leaks", (at, at + len(sign)), f"{sign} has no partner")
    for opening, closing in ("()", "[]", "{}"):
        same = subject.words.count(opening) == subject.words.count(closing)
        if same and text.count(opening) != text.count(closing):
            at = max(text.rfind(opening), text.rfind(closing))
            yield subject.finding(
                "markdown_leaks",
                ErrorType.MARKUP,
                Severity.MAJOR if opening == "{" else Severity.MINOR,  # [0, 1) is an interval
                f"{opening} and {closing} do not balance",
                span=(at, at + 1),
            )
    footnote = (_FOOTNOTE, "a footnote's mark")
    broken = (_BROKEN_LINK, "a link without its end")
    for pattern, name in ((_FENCE, "a code fence"), (_HEADING, "a heading"), footnote, broken):
        match = pattern.search(subject.target)
        if match and not pattern.search(subject.source):
            yield _leak(subject, "markdown_leaks", match.span(), f"{name} is not in the source")
    if text.count("**") > 0 and not subject.words.count("**") and text.count("**") % 2 == 0:
        at = text.find("**")
        yield _leak(subject, "markdown_leaks", (at, at + 2), "emphasis is not in the source")


def left_placeholders(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding for every mark of a protected span that was not put back.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("$x$", "값 ⟦1⟧", Language("ko", ""))
    >>> [found.evidence for found in left_placeholders(pair)]
    ['⟦1⟧']
    """
    for match in _PLACEHOLDER.finditer(subject.target):
        if match.group() not in subject.source:
            yield subject.finding(
                "left_placeholders",
                ErrorType.SPAN,
                Severity.CRITICAL,
                "the mark of a protected span was not put back",
                span=match.span(),
            )


def added_links(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding for every link or image whose address the source does not have.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("the code", "[코드](//evil.example.org)", Language("ko", ""))
    >>> [found.evidence for found in added_links(pair)]
    ['[코드](//evil.example.org)']
    """
    for match in _LINK.finditer(subject.target):
        if match[1] not in subject.source:
            yield subject.finding(
                "added_links",
                ErrorType.MARKUP,
                Severity.CRITICAL,
                "the address of this link is not in the source",
                span=match.span(),
            )


def mentions(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every @mention: it would ping someone, whatever the source says.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> [found.evidence for found in mentions(pair_of("the team", "@all 팀", Language("ko", "")))]
    ['@all']
    """
    for match in _MENTION.finditer(subject.text):
        yield _leak(
            subject, "mentions", match.span(), "a mention would ping someone", critical=True
        )


def html(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every HTML tag; a tag-like word of the source, <think>, may stay.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("the <think> token", "<think> 토큰<br>", Language("ko", ""))
    >>> [found.evidence for found in html(pair)]
    ['<br>']
    """
    for match in _HTML.finditer(subject.text):
        known = match.group() in subject.source
        if known and (match[1] or "").lower() not in _DANGEROUS:
            continue
        yield _leak(subject, "html", match.span(), "HTML does not belong here", critical=not known)


def _leak(
    subject: Subject, check: str, span: tuple[int, int], message: str, *, critical: bool = False
) -> Finding:
    severity = Severity.CRITICAL if critical else Severity.MAJOR
    return subject.finding(check, ErrorType.MARKUP, severity, message, span=span)


Places = dict[str, list[tuple[int, int]]]


def _spans(text: str) -> Places:
    """The places of every formula, code and address, by what two of them must share."""
    found: Places = {}
    text = without_nested(text)
    for pattern in (CODE, FORMULA, URL):
        for match in pattern.finditer(text):
            if not is_readable(match.group()):
                span = _trimmed(match.group())
                place = (match.start(), match.start() + len(span))
                found.setdefault(_sense(span), []).append(place)
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return found


def _quoted(text: str) -> Places:
    """What TeX's `…' quotes, as a translation may set it: `…`."""
    found: Places = {}
    for match in re.finditer(QUOTED, text):
        found.setdefault(f"{match.group()[:-1]}`", []).append(match.span())
    return found


def _surplus(one: Places, other: Places) -> Iterator[tuple[int, int]]:
    """The places that ``one`` has more of than ``other``."""
    for span, places in one.items():
        yield from places[len(other.get(span, ())) :]


def _tags(text: str) -> set[str]:
    """Special tokens such as <RET>; HTML has a check of its own."""
    tags = (match.group() for match in _TAG.finditer(text))
    return {tag for tag in tags if tag.strip("</>").lower() not in _DANGEROUS}


def _trimmed(span: str) -> str:
    """A full stop behind an address is no part of it."""
    if not URL.match(span):
        return span
    span = span.rstrip(".,;:!?*_'")
    return span.rstrip(").,;:!?*_'") if span.count(")") > span.count("(") else span


def _sense(span: str) -> str:
    """Spaces inside a formula change nothing."""
    return re.sub(r"\s+", "", span) if span.startswith("$") else span
