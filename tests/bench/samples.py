"""The labelled pairs of tests/data/pairs as values: good ones, and faulty ones written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.model.finding import Severity
from bot.model.translation import Kind

FOLDER = Path(__file__).resolve().parent.parent / "data" / "pairs"


@dataclass(frozen=True, slots=True)
class Sample:
    """One pair of source and target.

    Attributes:
        sample_id: Unique in the whole set.
        kind: Title, introduction or abstract.
        source: English.
        target: Korean.
        post: Pairs of one post are checked together; None is checked alone.
        blind: Written before the checks and never used to tune them.
        context: The targets of the post's other pairs, one a line.
    """

    sample_id: str
    kind: Kind
    source: str
    target: str
    post: str | None = None
    blind: bool = False
    context: str = ""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A pair with one known fault.

    Attributes:
        sample: The pair; its target is faulty.
        base_id: The good pair it was made from; None where the pair was written by hand.
        mutation: What made it; "hand" where a person did.
        fault_class: "numbers", "spans", "names", …
        severity: The least severity that counts as found.
    """

    sample: Sample
    base_id: str | None
    mutation: str
    fault_class: str
    severity: Severity


def load_good() -> list[Sample]:
    """All good pairs; those of the files ``good-blind-*`` are blind."""
    samples = [
        Sample(
            row["id"],
            Kind(row["kind"]),
            row["source"],
            row["target"],
            row.get("post"),
            path.stem.startswith("good-blind"),
        )
        for path in sorted(FOLDER.glob("good-*.yml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    return [_with_context(sample, samples) for sample in samples]


def load_handwritten() -> list[Faulty]:
    """The faulty pairs of blind.yml, each checked alone."""
    rows = yaml.safe_load((FOLDER / "blind.yml").read_text(encoding="utf-8"))
    return [
        Faulty(
            Sample(row["id"], Kind(row["kind"]), row["source"], row["target"], blind=True),
            None,
            "hand",
            row["class"],
            Severity(row["severity"]),
        )
        for row in rows
    ]


def _with_context(sample: Sample, samples: list[Sample]) -> Sample:
    if sample.post is None:
        return sample
    mates = (other for other in samples if other.post == sample.post and other is not sample)
    return Sample(
        sample.sample_id,
        sample.kind,
        sample.source,
        sample.target,
        sample.post,
        sample.blind,
        "\n".join(mate.target for mate in mates),
    )
