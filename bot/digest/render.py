"""The blocks of one edition's posts, rendered with everything that a template may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.digest.cited import render_paragraph
from bot.digest.layout import Labels, Layout
from bot.digest.mentions import Citation
from bot.digest.mixed import with_mixed_introduction
from bot.digest.names import paper_makers, paper_names, paper_words, short_name
from bot.digest.view import PaperView, paper_view
from bot.markdown.addresses import safe_address
from bot.markdown.compose import render_details, render_link
from bot.markdown.neutral import Markdown, clean
from bot.model.edition import Edition, TranslatedPaper
from bot.model.language import Language
from bot.model.topic import ForumLimits
from bot.planning.placeholders import PICTURE, address_placeholder

CONTENTS = "contents"
MOST_POSTS = 99
_NOT_IN_ALT = str.maketrans(dict.fromkeys("[]()|\\`<>*_$", " "))


@dataclass(frozen=True, slots=True)
class PostView:
    """Where a post stands; ``back`` leads to the contents."""

    number: int
    total: int
    back: Markdown


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; the summary is in English where ``untranslated``."""

    number: int
    name: str
    address: Markdown
    summary: Markdown
    untranslated: bool


@dataclass(frozen=True, slots=True)
class EditionView:
    """What a template may know of the whole edition."""

    id: str
    papers: int
    model: str
    commentary_model: str
    source: Markdown
    picture: Markdown
    commentary: tuple[Markdown, ...] = ()
    contents: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A paper, or a part of one, in the order of the post."""

    paper: TranslatedPaper
    number: int
    continued: bool


class Renderer:
    """Renders the layout's blocks for one edition on one forum."""

    def __init__(
        self,
        edition: Edition,
        language: Language,
        limits: ForumLimits,
        layout: Layout,
        topics: Mapping[str, str],
    ) -> None:
        self._edition = edition
        self._papers = list(enumerate(map(with_mixed_introduction, edition.papers), start=1))
        self._language = language
        self._limits = limits
        self._layout = layout
        self._topics = topics
        companies = _companies(language)
        self._citations = {
            number: _citation(paper, number, companies) for number, paper in self._papers
        }

    def pieces(self) -> list[Piece]:
        """Every paper as one piece."""
        return [Piece(paper, number, continued=False) for number, paper in self._papers]

    def head(self, post: PostView, places: Mapping[int, int]) -> str:
        """What a post begins with: overview and contents, or the way back to them.

        ``places`` are the numbers of the posts in which papers stand; an address into a post that
        is not known is as long as any can get.
        """
        if post.number > 1:
            return self._layout.render("reply_head", self._context(post))
        return self._layout.render("overview", self._context(post, self._contents(places, post)))

    def paper(self, piece: Piece, post: PostView) -> str:
        """A paper, or a part of one."""
        context = self._context(post) | {"paper": self._view(piece)}
        return self._layout.render("paper", context)

    def closing(self, post: PostView) -> str:
        """What the last post ends with."""
        return self._layout.render("closing", self._context(post))

    def _view(self, piece: Piece) -> PaperView:
        return paper_view(
            piece.paper,
            piece.number,
            self._language.labels,
            math=self._limits.math,
            continued=piece.continued,
            topics=self._topics,
        )

    def _contents(self, places: Mapping[int, int], post: PostView) -> dict[int, Markdown]:
        """The address of every paper as seen from ``post``; unknown places at their longest."""
        return {
            number: address_of(places.get(number, MOST_POSTS), f"paper-{number}", post.number)
            for number, _ in self._papers
        }

    def _context(
        self, post: PostView, addresses: Mapping[int, Markdown] | None = None
    ) -> dict[str, object]:
        edition = self._edition_view()
        if addresses:
            edition = self._with_links(edition, addresses)
        return {
            "labels": Labels(self._language.labels),
            "edition": edition,
            "post": post,
            "collapsed": self._collapsed,
        }

    def _collapsed(self, summary: str, *body: Markdown) -> Markdown:
        """For templates: a collapsed section with the given paragraphs, closed here."""
        text = Markdown("\n\n".join(part for part in body if part))
        return render_details(summary, text, plugin=self._limits.details)

    def _edition_view(self) -> EditionView:
        edition, issue = self._edition, self._edition.issue
        url = safe_address(issue.newsletter_url or "") or safe_address(issue.url or "")
        alt = clean(edition.picture_alt or "").translate(_NOT_IN_ALT)
        return EditionView(
            id=f"{edition.external_id}.{edition.revision}",
            papers=len(edition.papers),
            model=edition.model,
            commentary_model=edition.commentary.model,
            source=render_link(issue.title, url) if url else Markdown(),
            picture=Markdown(f"![{alt}]({PICTURE})" if alt else ""),
        )

    def _with_links(self, view: EditionView, addresses: Mapping[int, Markdown]) -> EditionView:
        papers = [(number, paper, addresses[number]) for number, paper in self._papers]
        cited = {
            paper.paper.rank: replace(self._citations[number], address=address)
            for number, paper, address in papers
        }
        paragraphs = (
            render_paragraph(paragraph, cited) for paragraph in self._edition.commentary.paragraphs
        )
        views = (
            (self._view(Piece(paper, number, continued=False)), address)
            for number, paper, address in papers
        )
        return replace(
            view,
            commentary=tuple(paragraphs),
            contents=tuple(_entry(paper, address) for paper, address in views),
        )


def _entry(paper: PaperView, address: Markdown) -> Entry:
    return Entry(paper.number, paper.name, address, paper.summary, paper.untranslated_summary)


def _companies(language: Language) -> frozenset[str]:
    """Companies and people as English writes them; one letter names nobody."""
    names = (name for known in language.lexicon.entities.values() for name in known)
    return frozenset(name for name in names if len(name) > 1 and name[0].isupper())


def _citation(paper: TranslatedPaper, number: int, companies: frozenset[str]) -> Citation:
    return Citation(
        number,
        Markdown(f"#paper-{number}"),
        paper_names(paper),
        paper_words(paper),
        short_name(paper),
        companies,
        paper_makers(paper, companies),
    )


def post_view(number: int, total: int) -> PostView:
    """The post with the address of the contents as it links to them."""
    return PostView(number, total, address_of(1, CONTENTS, number))


def address_of(target: int, anchor: str, here: int) -> Markdown:
    """Of an anchor in post ``target``, as post ``here`` links to it."""
    return Markdown(f"#{anchor}" if target == here else address_placeholder(target, anchor))
