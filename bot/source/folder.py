"""The pages in a folder, such as a checkout."""

from __future__ import annotations

from pathlib import Path

from bot.errors import Rejected
from bot.model.validator import Validator
from bot.parsing.encoding import decode_text
from bot.source.origin import SourcePage, SourceSnapshot, collect_pages
from bot.source.validators import Validators, digest


class FolderOrigin:
    """Reads below ``root``; nothing outside it, not even through a link.

    Args:
        public_url: Where people read the same files; pages get an address below it.
    """

    def __init__(self, root: Path, *, max_bytes: int, public_url: str | None = None) -> None:
        self._root = root
        self._max_bytes = max_bytes
        self._public_url = public_url

    def has_changed(self, validators: Validators, year: int) -> bool:
        """Whether any page differs from the last good read; reads them all."""
        known = validators.get(str(self._root))
        return known is None or dict(self.read(year).seen)[str(self._root)] != known

    def read(self, year: int) -> SourceSnapshot:
        """All pages. Raises Rejected where the folder has no index."""
        if not self._root.is_dir():
            raise Rejected(
                f"pages: {self._root} is not a folder; look at sources.pages", service="pages"
            )
        pages = collect_pages(self._find_page, year)
        together = "\0".join(part for page in pages for part in (page.path, page.text))
        validator = Validator(digest=digest(together.encode("utf-8", "surrogatepass")))
        return SourceSnapshot(pages, seen=((str(self._root), validator),))

    def _find_page(self, path: str) -> SourcePage | None:
        file = (self._root / path).resolve()
        if not file.is_relative_to(self._root.resolve()) or not file.is_file():
            return None
        try:
            if file.stat().st_size > self._max_bytes:
                raise Rejected(
                    f"pages: {path} is larger than {self._max_bytes:,} bytes", service="pages"
                )
            decoded = decode_text(file.read_bytes())
        except OSError as error:
            raise Rejected(
                f"pages: {path} cannot be read ({error.strerror})", service="pages"
            ) from error
        url = f"{self._public_url}/{path}" if self._public_url else None
        return SourcePage(path, decoded.text, url, decoded.note)
