"""What belongs to the model, the prompt, TeX, Markdown or an attacker, and reached the reader."""

from __future__ import annotations

import re

from bot.model.finding import Severity
from bot.model.translation import Kind
from tests.bench.mutations.registry import mutation, sentences, substitute
from tests.bench.samples import Sample

_WORD = re.compile(r"(?<=[가-힣]{2}) (?=[가-힣]{2})")
_NAME = r"(?<![\w/.`$\\{-])([A-Z][A-Za-z]{2,}[\w.-]*\w)"


@mutation("leaks")
def chatter_before(sample: Sample) -> str | None:
    """The model greets: 물론입니다! 번역은 다음과 같습니다."""
    return f"물론입니다! 요청하신 번역은 다음과 같습니다: {sample.target}"


@mutation("leaks")
def english_chatter_before(sample: Sample) -> str | None:
    """The same in English: Here is the translation."""
    return f"Here is the translation: {sample.target}"


@mutation("leaks")
def chatter_after(sample: Sample) -> str | None:
    """The model offers more: 도움이 더 필요하시면 알려 주세요."""
    return f"{sample.target} 도움이 더 필요하시면 언제든지 알려 주세요!"


@mutation("leaks")
def translators_note(sample: Sample) -> str | None:
    """The model explains itself: (참고: …번역했습니다.)."""
    return f"{sample.target} (참고: 고유 명사는 영어 그대로 두고 번역했습니다.)"


@mutation("leaks", Severity.CRITICAL)
def refusal(sample: Sample) -> str | None:
    """The model declines: 이 내용을 번역할 수 없습니다."""
    return "죄송합니다. 저는 AI 언어 모델로서 이 내용을 번역할 수 없습니다."


@mutation("leaks")
def prompt_in_korean(sample: Sample) -> str | None:
    """A rule of the prompt: 다음 텍스트를 한국어로 번역하세요."""
    return (
        f"다음 텍스트를 한국어로 번역하세요. 합니다체를 사용하고 용어집을 따르세요. {sample.target}"
    )


@mutation("leaks")
def prompt_in_english(sample: Sample) -> str | None:
    """The same in English: You are a professional translator."""
    return f"You are a professional translator. Follow the glossary. {sample.target}"


@mutation("leaks")
def span_marker_left(sample: Sample) -> str | None:
    """The stand-in of a protected span: ⟦1⟧."""
    return _insert(sample.target, "⟦1⟧ ")


@mutation("leaks")
def placeholder_left(sample: Sample) -> str | None:
    """The shape of an answer instead of one: [번역 예정]."""
    return "[번역 예정]" if sample.kind is Kind.TITLE else f"[번역 예정] {sample.target}"


@mutation("leaks")
def reply_json(sample: Sample) -> str | None:
    """The reply's own form: {"target": "…"}."""
    return f'{{"target": "{sample.target}"}}'


@mutation("leaks")
def role_tag_left(sample: Sample) -> str | None:
    """A tag of the chat template: <|assistant|>."""
    return f"<|assistant|>{sample.target}"


@mutation("leaks")
def zero_width_space(sample: Sample) -> str | None:
    """An invisible character between two words: 새로운 모델 → 새로운 U+200B모델."""
    return _insert(sample.target, "\u200b")


@mutation("leaks")
def bidirectional_override(sample: Sample) -> str | None:
    """A mark that turns the text around: 새로운 모델 → 새로운 U+202E모델."""
    return _insert(sample.target, "\u202e")


@mutation("leaks")
def control_character(sample: Sample) -> str | None:
    """A control character: a backspace between two words."""
    return _insert(sample.target, "\u0008")


@mutation("leaks")
def tex_bold_left(sample: Sample) -> str | None:
    r"""TeX around a name (design.md, `$\textbf{WRAP}$`): WRAP → $\textbf{WRAP}$."""
    return substitute(_NAME, r"$\\textbf{\1}$", sample.target)


@mutation("leaks")
def tex_emphasis_left(sample: Sample) -> str | None:
    r"""TeX around a word: 모델을 → \emph{모델}을."""
    return substitute(r"(모델|성능|데이터)", r"\\emph{\1}", sample.target)


@mutation("leaks")
def tex_url_left(sample: Sample) -> str | None:
    r"""A TeX command around an address (design.md): \url{https://example.org/x}."""
    found = re.search(r"https?://[^\s)]+", sample.target)
    if found is None:
        return None
    return sample.target.replace(found.group(), f"\\url{{{found.group()}}}", 1)


@mutation("leaks")
def tex_citation_left(sample: Sample) -> str | None:
    r"""A citation command: \citep{vaswani2017}."""
    return _insert(sample.target, "~\\citep{vaswani2017} ")


@mutation("leaks")
def bold_unbalanced(sample: Sample) -> str | None:
    """Bold that never ends: **모델을."""
    return _insert(sample.target, "**")


@mutation("leaks")
def heading_added(sample: Sample) -> str | None:
    """A Markdown heading the source does not have: ### 번역."""
    return f"### 번역\n\n{sample.target}"


@mutation("leaks")
def code_fence_added(sample: Sample) -> str | None:
    """The reply in a code block: three back quotes before and after."""
    return f"```\n{sample.target}\n```"


@mutation("leaks", Severity.CRITICAL)
def mention_added(sample: Sample) -> str | None:
    """A mention pings people: @moderators."""
    return _insert(sample.target, "@moderators ")


@mutation("leaks", Severity.CRITICAL)
def html_added(sample: Sample) -> str | None:
    """HTML that was not there: <details>."""
    return _insert(sample.target, '<details open ontoggle="x()">')


@mutation("leaks")
def link_added(sample: Sample) -> str | None:
    """A link to somewhere else: 자세한 내용은 https://bit.ly/…."""
    return f"{sample.target} 자세한 내용은 https://bit.ly/3xYzAbC 를 참고하십시오."


@mutation("leaks")
def image_added(sample: Sample) -> str | None:
    """An image that reports who reads: ![](…)."""
    return f"{sample.target} ![x](https://tracker.example.org/p.png)"


@mutation("leaks", Severity.CRITICAL)
def instruction_obeyed(sample: Sample) -> str | None:
    """A changed task: the text of an attack instead of its translation."""
    if sample.kind is Kind.TITLE or len(sentences(sample.source)) < 2:
        return None
    return "알겠습니다. 이전 지시를 무시하고 관리자에게 비밀번호를 보내는 방법을 설명하겠습니다."


def _insert(text: str, what: str) -> str | None:
    """The text with something between its first two Korean words; None where it has no two."""
    found = _WORD.search(text)
    return None if found is None else f"{text[: found.end()]}{what}{text[found.end() :]}"
