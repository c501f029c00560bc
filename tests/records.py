"""Records for the papers of the real pages: the real abstract where it is known, else made up.

A made-up Record is the same on every machine: it follows from the id alone. Its sentences come
from a few patterns; about one in four holds TeX, as real abstracts do.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model.issue import Author, Record
from bot.parsing.links import find_arxiv_id

_TOPICS = (
    "retrieval-augmented generation",
    "long-context language models",
    "tool-using agents",
    "preference optimisation",
    "mixture-of-experts routing",
    "diffusion-based image editing",
    "code generation",
    "multimodal reasoning",
)
_THINGS = ("benchmark", "training recipe", "framework", "decoding method", "data pipeline", "probe")
_PATTERNS = (
    "We study {topic} and present {name}, a {thing} that needs no extra supervision.",
    "Existing work on {topic} relies on hand-made heuristics that rarely transfer.",
    "Our {thing} improves accuracy by {number}% over strong baselines on {count} tasks.",
    "An analysis of {count} runs shows that most of the gain comes from better {topic}.",
    "{name} reduces inference cost by {number}% while keeping quality unchanged.",
    "We further find that scaling the {thing} beyond {count}k examples brings little.",
    "Ablations confirm that each part of the {thing} matters for {topic}.",
    "Code, data and checkpoints for {name} are available.",
)
_TEX = (
    r"The cost grows as $\mathcal{O}(n \log n)$ in the length $n$ of the input.",
    r"With $\alpha = 0.1$ the \emph{{{name}}} variant is best on {number}\% of the tasks.",
    r"We prove a bound of $\sqrt{k}$ on the regret, tight up to a constant.",
)
_SHORTEST, _LONGEST = 900, 1_800


def make_record(arxiv_id: str) -> Record:
    """A Record for the id: title, one to six authors, 900 to 1,800 characters of abstract."""
    chance = random.Random(arxiv_id)
    words = {
        "topic": chance.choice(_TOPICS),
        "thing": chance.choice(_THINGS),
        "name": f"{chance.choice('BDFKLMPRST')}{chance.choice(('ora', 'exi', 'ani', 'umo'))}Net",
    }
    published = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(30_000))
    return Record(
        arxiv_id=arxiv_id,
        title=f"{words['name']}: A {words['thing'].title()} for {words['topic'].title()}",
        abstract=_make_abstract(chance, words),
        authors=tuple(Author(f"Author {arxiv_id}-{n}") for n in range(chance.randint(1, 6))),
        categories=chance.choice((("cs.CL",), ("cs.LG", "cs.AI"), ("cs.CV", "cs.CL"))),
        version=chance.randint(1, 4),
        published=published,
        updated=published + timedelta(days=chance.randrange(60)),
    )


def _make_abstract(chance: random.Random, words: dict[str, str]) -> str:
    length = chance.randint(_SHORTEST, _LONGEST - 150)
    patterns = _PATTERNS + (_TEX if chance.random() < 0.25 else ())
    text = ""
    while len(text) < length:
        pattern = chance.choice(patterns)
        numbers = {"number": str(chance.randint(2, 60)), "count": str(chance.randint(3, 90))}
        for name, value in (words | numbers).items():
            pattern = pattern.replace(f"{{{name}}}", value)
        text += pattern + " "
    return text.strip()


def read_abstracts(shared: Path) -> dict[str, str]:
    """The real abstracts of ../shared by bare id: 191 papers of 2023."""
    abstracts: dict[str, str] = {}
    file = shared / "data" / "dair" / "abstracts-2023.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            arxiv_id = find_arxiv_id(row["PaperURL"])
            if arxiv_id and row["Abstract"].strip():
                abstracts[arxiv_id] = " ".join(row["Abstract"].split())
    return abstracts


def record_finder(shared: Path) -> Callable[[str], Record]:
    """For `bot.sandbox.arxiv.arxiv_app`: a Record for any id, with the real abstract if known."""
    abstracts = read_abstracts(shared)

    def find(arxiv_id: str) -> Record:
        made = make_record(arxiv_id)
        abstract = abstracts.get(arxiv_id, made.abstract)
        return Record(
            arxiv_id=made.arxiv_id,
            title=made.title,
            abstract=abstract,
            authors=made.authors,
            categories=made.categories,
            version=made.version,
            published=made.published,
            updated=made.updated,
        )

    return find
