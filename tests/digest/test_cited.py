"""Every paper that a sentence cites is a link in that sentence, and no name leads astray."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.cited import render_paragraph
from bot.digest.mentions import Citation
from bot.markdown.cook import cook
from bot.markdown.neutral import Markdown
from bot.model.edition import Sentence


def a_citation(number: int, *names: str, words: tuple[str, ...] = ()) -> Citation:
    return Citation(number, Markdown(f"#paper-{number}"), names, words, short=names[0])


def shown(sentences: list[Sentence], *papers: Citation) -> BeautifulSoup:
    """The paragraph as readers see it; the rank of a paper is its number."""
    by_rank = {paper.number: paper for paper in papers}
    return BeautifulSoup(cook(render_paragraph(sentences, by_rank)), "html.parser")


def links(text: str, cited: tuple[int, ...], *papers: Citation) -> list[tuple[str, int]]:
    """Each link's label and the number of the paper it leads to, from left to right."""
    found = shown([Sentence(text, cited)], *papers).select("a")
    return [(link.get_text(), int(str(link["href"]).removeprefix("#paper-"))) for link in found]


MAMBA, SECOND = a_citation(1, "Mamba"), a_citation(2, "Mamba-2")
LLAMA = a_citation(3, "LLaMA")
CODE = a_citation(4, "Code LLaMA", words=("Code", "LLaMA"))


def test_each_sentence_links_again_what_it_names() -> None:
    sentences = [Sentence("Mamba는 빠릅니다.", (1,)), Sentence("Mamba는 작고 Mamba입니다.", (1,))]
    soup = shown(sentences, MAMBA)
    assert [link.get_text() for link in soup.select("a")] == ["Mamba", "Mamba"]
    assert soup.get_text().strip() == "Mamba는 빠릅니다. Mamba는 작고 Mamba입니다."


def test_what_is_not_named_follows_its_sentence_by_number() -> None:
    sentences = [Sentence("Mamba는 빠릅니다.", (3, 1, 2, 9)), Sentence("다음입니다.", (2,))]
    soup = shown(sentences, MAMBA, SECOND, LLAMA)
    assert soup.get_text().strip() == "Mamba는 빠릅니다. [2] [3] 다음입니다. [2]"
    assert [link["href"] for link in soup.select("small a")] == [
        "#paper-2", "#paper-3", "#paper-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "particle", ["은", "는", "이", "가", "을", "과", "의", "로", "에서", "처럼", "입니다"]
)
def test_a_particle_may_follow_a_name(particle: str) -> None:
    assert links(f"이번 주 Mamba{particle} 다음", (1,), MAMBA, SECOND) == [("Mamba", 1)]


@pytest.mark.parametrize(
    ("text", "cited", "found"),
    [
        ("Mamba-2는 Mamba보다 빠릅니다.", (1, 2), [("Mamba-2", 2), ("Mamba", 1)]),
        ("Mamba-2는 빠릅니다.", (1,), [("[1]", 1)]),
        ("Code LLaMA는 LLaMA에서 나왔습니다.", (3, 4), [("Code LLaMA", 4), ("LLaMA", 3)]),
        ("Code LLaMA는 코드를 씁니다.", (3,), [("[3]", 3)]),
        ("LLaMA는 공개 모델입니다.", (4,), [("[4]", 4)]),
        ("LLaMA.cpp와 LLaMA+는 다릅니다.", (3,), [("[3]", 3)]),
        ("BigMamba와 xMamba, Mamba_v는 다릅니다.", (1,), [("[1]", 1)]),
    ],
)
def test_a_name_inside_another_is_no_mention(
    text: str, cited: tuple[int, ...], found: list[tuple[str, int]]
) -> None:
    assert links(text, cited, MAMBA, SECOND, LLAMA, CODE) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Code LLaMA는 다른 모델입니다.", "[3]"),
        ("LLaMA 2는 다른 모델입니다.", "[3]"),
        ("LLaMA 3.1은 다른 모델입니다.", "[3]"),
        ("LLaMA Guard는 다른 모델입니다.", "[3]"),
        ("LLaMA 7B는 그 모델의 한 크기입니다.", "LLaMA"),
        ("LLaMA 0.5B는 그 모델의 한 크기입니다.", "LLaMA"),
        ("Vicuna, LLaMA 3편은 공개 모델입니다.", "LLaMA"),
        ("공개된 LLaMA.", "LLaMA"),
        ("(LLaMA)", "LLaMA"),
        ("llama는 소문자입니다.", "llama"),
    ],
)
def test_a_longer_name_of_no_paper_is_no_mention_either(text: str, found: str) -> None:
    assert links(text, (3,), LLAMA) == [(found, 3)]


DAPO = a_citation(1, "DAPO")
SWE = replace(
    a_citation(2, "SWE-RL"),
    companies=frozenset({"Meta", "OpenAI", "Hugging Face"}),
    makers=frozenset({"Meta"}),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SWE-RL PyTorch 구현이 있습니다.", [("SWE-RL", 2)]),
        ("DAPO LLM을 씁니다.", [("DAPO", 1)]),
        ("PyTorch DAPO 코드와 DAPO AI 연구입니다.", [("DAPO", 1)]),
        ("PyTorch로 DAPO를, Meta SWE-RL을 씁니다.", [("DAPO", 1), ("SWE-RL", 2)]),
        ("DAPO Pro는 다른 모델입니다.", [("[1]", 1)]),
        ("OpenAI SWE-RL은 다른 모델입니다.", [("[2]", 2)]),
        ("Meta DAPO는 다른 모델입니다.", [("[1]", 1)]),
    ],
)
@pytest.mark.parametrize("counts", [(), (("papers", 1),)])
def test_a_word_of_the_field_or_the_maker_beside_a_name_leaves_it_a_mention(
    text: str, found: list[tuple[str, int]], counts: tuple[tuple[str, int], ...]
) -> None:
    """Where doubt remains, a number follows, also in a sentence that counts: never the name."""
    cited = tuple(number for _, number in found)
    soup = shown([Sentence(text, cited, counts)], DAPO, SWE)
    assert [(link.get_text(), link["href"]) for link in soup.select("a")] == [
        (label, f"#paper-{number}") for label, number in found
    ]


def test_a_paper_that_names_no_company_may_be_anyones() -> None:
    silent = replace(SWE, makers=frozenset())
    assert links("Hugging Face SWE-RL은 공개 모델입니다.", (2,), silent) == [("SWE-RL", 2)]


def test_a_count_names_what_is_not_named_and_numbers_what_is_in_doubt() -> None:
    soup = shown([Sentence("DAPO Pro와 함께 2편입니다.", (1, 2), COUNTS)], DAPO, SWE)
    assert soup.get_text().strip() == "DAPO Pro와 함께 2편입니다(SWE-RL). [1]"


def test_a_word_stands_for_a_paper_where_none_is_called_so() -> None:
    muon = a_citation(5, "Muon Is Scalable for LLM Training", words=("Muon",))
    assert links("Muon은 옵티마이저입니다.", (5,), muon, MAMBA) == [("Muon", 5)]


def test_of_two_papers_with_one_name_neither_is_guessed() -> None:
    one, other = a_citation(1, "Survey of RAG"), a_citation(2, "Survey of RAG")
    text = "Survey of RAG는 두 편입니다."
    assert links(text, (1, 2), one, other) == [("[1]", 1), ("[2]", 2)]
    assert links(text, (2,), one, other) == [("Survey of RAG", 2)]


def test_of_two_spellings_the_written_one_is_meant() -> None:
    one, other = a_citation(1, "LLaMA"), a_citation(2, "Llama")
    assert links("Llama는 새 모델입니다.", (1, 2), one, other) == [("Llama", 2), ("[1]", 1)]


def test_a_letter_or_a_number_is_no_name() -> None:
    assert links("A는 2024년입니다.", (1, 2), a_citation(1, "A"), a_citation(2, "2024")) == [
        ("[1]", 1), ("[2]", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["A*-Search", "snake_case_net", "C++ Bench", "[Re] Study", "$-Net", "x|y", "R(1)D", "@H"],
)
def test_a_name_with_markdown_in_it_is_a_whole_link(name: str) -> None:
    paper = a_citation(1, name)
    assert links(f"이번 주 {name}는 새롭습니다.", (1,), paper) == [(name, 1)]


COUNTS = (("theme/agents", 2),)


def test_a_count_tells_which_papers_it_counts() -> None:
    soup = shown([Sentence("에이전트 논문은 2편입니다.", (1, 3), COUNTS)], MAMBA, SECOND, LLAMA)
    assert soup.get_text().strip() == "에이전트 논문은 2편입니다(Mamba, LLaMA)."
    assert [link["href"] for link in soup.select("a")] == ["#paper-1", "#paper-3"]


@pytest.mark.parametrize(
    "names",
    [
        ("One", "Two", "Three", "Four"),
        ("A Rather Long Name of a Paper", "Another Rather Long Name"),
        ("Same", "Same"),
        ("", "Two"),
    ],
    ids=["more than three", "longer than a line", "one name twice", "no name"],
)
def test_a_count_of_papers_that_do_not_fit_by_name_has_their_numbers(
    names: tuple[str, ...],
) -> None:
    papers = [a_citation(number, name) for number, name in enumerate(names, start=1)]
    ranks = tuple(paper.number for paper in papers)
    soup = shown([Sentence("논문이 있습니다.", ranks, COUNTS)], *papers)
    assert [link.get_text() for link in soup.select("small a")] == [f"[{rank}]" for rank in ranks]


@given(
    st.text(max_size=30),
    st.lists(st.text(max_size=8), min_size=1, max_size=5),
    st.lists(st.integers(1, 6), max_size=6),
    st.booleans(),
)
def test_whatever_the_names_every_cited_paper_is_linked_once(
    text: str, names: list[str], cited: list[int], counts: bool
) -> None:
    papers = [a_citation(number, name) for number, name in enumerate(names, start=1)]
    sentence = Sentence(f"{text}{names[0]}는 {text}", tuple(cited), COUNTS if counts else ())
    raw = render_paragraph([sentence], {paper.number: paper for paper in papers})
    numbers = [int(number) for number in re.findall(r"\]\(#paper-(\d)\)", raw)]
    assert sorted(numbers) == sorted({rank for rank in cited if rank <= len(papers)})
    hrefs = BeautifulSoup(cook(raw), "html.parser").select("a[href^='#paper-']")
    assert len(hrefs) == len(numbers)
