"""The allow-list of HTML that a post may show (contract 8, sanitiser)."""

from __future__ import annotations

import re

import nh3

_TAG_NAMES = (
    "a abbr aside article b big blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 "
    "header hr i img ins kbd li mark ol p pre q rb rp rt ruby s section small span strike strong "
    "sub summary sup table tbody td tfoot th thead tr u ul video audio source track"
)
_ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"name", "title", "href"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "details": {"open"},
    "div": {"align", "dir", "lang"},
    "span": {"lang"},
    "img": {"alt", "height", "width", "title", "src", "loading"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
    "video": {"src", "height", "width", "poster", "controls"},
    "audio": {"src", "controls"},
    "source": {"src", "type"},
    "track": {"src", "label"},
}
_CLASS_NAMES = (
    "anchor mention hashtag-cooked emoji onebox onebox-body source inline-onebox math asciimath "
    "spoiler quote no-group title d-wrap poll chat-transcript discourse-local-date attachment "
    "lightbox md-table chcklst-box checked bbcode-b bbcode-i bbcode-u bbcode-s footnote-ref "
    "footnotes footnotes-sep footnotes-list footnote-item footnote-backref contains-task-list "
    "excerpt hidden"
)
_CLASSES = frozenset(_CLASS_NAMES.split())
_CLASS_PATTERN = re.compile(r"lang-[\w+#.-]+")
_ID_PATTERN = re.compile(r"heading--\S+|fn(?:ref)?\d+(?::\d+)?")
_STYLE_PATTERN = re.compile(r"text-align:\s*(?:left|right|center);?")
_DATA_TAGS = {"div", "span", "aside", "img", "a", "pre"}


def sanitise(html: str) -> str:
    """HTML with only the elements, attributes, classes and addresses that a post may have.

    >>> sanitise('<p onclick="x()" class="evil math">a<!-- b --><script>c</script></p>')
    '<p class="math">a</p>'
    """
    return _CLEANER.clean(html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [word for word in value.split() if word in _CLASSES or _CLASS_PATTERN.match(word)]
        return " ".join(kept) or None
    if name == "id":
        return value if _ID_PATTERN.fullmatch(value) else None
    if name == "style":
        return value if _STYLE_PATTERN.fullmatch(value) else None
    if name.startswith("data-"):
        return value if tag in _DATA_TAGS else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAG_NAMES.split()),
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    generic_attribute_prefixes={"data-"},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
