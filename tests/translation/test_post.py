from __future__ import annotations

from bot.model.edition import TranslatedPaper
from bot.model.finding import ErrorType, Finding, Severity
from bot.model.issue import Paper
from bot.model.language import Glossary, Language, Term
from bot.model.translation import Segment, Translation
from bot.translation.post import unify_post
from bot.translation.segments import join_paper, split_paper
from bot.workflow.translator import make_checks

TERM = Term("fine-tuning", "미세 조정", variants=("파인튜닝",))
KOREAN = Language("ko", "한국어", particles=True, glossary=Glossary((TERM,)))


def _paper(rank: int, target: str | None, *findings: Finding) -> TranslatedPaper:
    paper = Paper(rank, f"Net{rank}", "It uses fine-tuning.")
    segments: tuple[Segment, ...] = split_paper("k", paper, None)
    targets = {f"k/{rank}/title/0": f"Net{rank}", f"k/{rank}/introduction/0": target}
    joined = join_paper(segments, targets)
    return TranslatedPaper(
        paper,
        None,
        joined.title,
        joined.introduction,
        None,
        findings=findings,
        segments=segments,
        translations=tuple(Translation(each.key, targets[each.key]) for each in segments),
    )


def test_the_usual_rendering_wins_in_the_whole_post_with_its_particle() -> None:
    papers = [
        _paper(1, "미세 조정을 사용합니다."),
        _paper(2, "파인튜닝을 사용합니다."),
        _paper(3, "미세 조정을 씁니다."),
    ]
    unified = unify_post(papers, make_checks(KOREAN))
    assert unified[1].introduction.target == "미세 조정을 사용합니다."
    assert unified[1].translations[1].target == "미세 조정을 사용합니다."
    assert (unified[0], unified[2]) == (papers[0], papers[2])


def test_a_paper_left_in_english_keeps_its_finding() -> None:
    finding = Finding("k/2/introduction/0", ErrorType.NUMBER, Severity.CRITICAL, "3")
    unified = unify_post([_paper(1, "미세 조정."), _paper(2, None, finding)], make_checks(KOREAN))
    assert unified[1].introduction.target is None
    assert unified[1].findings == (finding,)
