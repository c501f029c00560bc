"""``jubo build``: one edition, written to a folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import AsJson, From, Invocation, Key, describe_usage, print_json, say
from bot.cli.findings import describe_finding

if TYPE_CHECKING:
    from bot.model.edition import Edition
    from bot.model.finding import Finding
    from bot.model.review import Review
    from bot.model.topic import Digest
    from bot.web.preview import Preview
    from bot.workflow.services import Services

    Verdicts = tuple[tuple[int, Review], ...]


def build(
    context: typer.Context,
    key: Key,
    source: From = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write it; out/KEY if not given.", metavar="DIR")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The target language; the outlet's, else ko.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build an edition and write its posts and a preview; publishes nothing."""
    from bot.app import App
    from bot.cli.progress import show_progress
    from bot.workflow.edition import build_edition
    from bot.workflow.publication import compose_for

    started = time.monotonic()
    invocation: Invocation = context.obj
    app = App(invocation.settings(), outlet=invocation.outlet)
    name = invocation.find_outlet(app.settings)
    outlet = app.settings.outlets[name] if name else None
    issue = app.find_issue(key, source)
    with show_progress() as report, app.work(report) as services:
        edition = build_edition(issue, language or (outlet.language if outlet else "ko"))
        digest = compose_for(services, edition, name)
        folder = out or Path("out") / issue.key
        verdicts = find_advice(services, edition)
        written = write(folder, make_preview(edition, digest, verdicts))
    if as_json:
        print_json(describe(edition, digest, verdicts, time.monotonic() - started))
        return
    for file in written:
        say(str(file))


def write(folder: Path, preview: Preview) -> list[Path]:
    """Write ``post-01.md`` … and ``preview.html``; gives what was written."""
    from bot.web.preview import render_preview

    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("post-*.md"):
        old.unlink()
    files = {file_name(post.number): post.raw + "\n" for post in preview.digest.posts}
    files["preview.html"] = render_preview(preview)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def find_advice(services: Services, edition: Edition) -> Verdicts:
    """What the second model says of the texts that stand now; it holds nothing."""
    from bot.workflow.judge import find_verdicts

    texts = services.texts
    return find_verdicts(edition, texts.prompts, texts.language(edition.language))


def make_preview(edition: Edition, digest: Digest, verdicts: Verdicts) -> Preview:
    """What a preview of the edition shows: its posts, all findings and advice in the margin."""
    from bot.web.preview import Preview

    findings = (*edition.findings, *(one for paper in edition.papers for one in paper.findings))
    advice = tuple(one for _rank, review in verdicts for one in review.findings)
    return Preview(digest, findings, edition.language, advice)


def file_name(number: int) -> str:
    """The file of a post.

    >>> file_name(2)
    'post-02.md'
    """
    return f"post-{number:02d}.md"


def describe(
    edition: Edition, digest: Digest, verdicts: Verdicts, seconds: float
) -> dict[str, Any]:
    """An edition as ``--json`` gives it; characters are counted as the forum does (3.3).

    ``advice`` stands where a second model judged the texts that stand.
    """
    from bot.planning.normal import normalise_raw

    advice = {"advice": [_describe_verdict(*one) for one in verdicts]} if verdicts else {}
    return {
        "key": edition.issue.key,
        "language": edition.language,
        "title": digest.title,
        "tags": list(digest.tags),
        "category": digest.category,
        "external_id": digest.external_id,
        "posts": [
            {
                "number": post.number,
                "file": file_name(post.number),
                "characters": len(normalise_raw(post.raw)),
            }
            for post in digest.posts
        ],
        "findings": describe_findings(edition),
        **advice,
        "estimate": describe_usage(edition.estimate),
        "usage": describe_usage(edition.usage),
        "seconds": round(seconds, 3),
    }


def describe_findings(edition: Edition) -> list[dict[str, Any]]:
    """All findings as ``jubo lint`` shapes them, with the paper's rank."""
    rows = [(rank_of(finding), finding) for finding in edition.findings]
    rows += [(paper.paper.rank, one) for paper in edition.papers for one in paper.findings]
    return [{**describe_finding(finding), "paper": rank} for rank, finding in rows]


def _describe_verdict(rank: int, review: Review) -> dict[str, Any]:
    return {
        "paper": rank,
        "model": review.model,
        "problem": review.problem or None,
        "findings": [describe_finding(finding) for finding in review.findings],
    }


def rank_of(finding: Finding) -> int | None:
    """The rank in a finding's key ("2024-08-12/8"), None for a whole issue."""
    parts = finding.key.split("/")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else None
