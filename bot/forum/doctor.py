"""Whether a forum, its key and its user suffice, found out without posting anything.

Reading is tried for real, writing by requests that the forum cannot carry out
(bot.forum.features).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.errors import Rejected, ServiceError
from bot.forum.discourse import Discourse
from bot.forum.features import FEATURES
from bot.model.health import Line, Status
from bot.model.topic import ForumLimits
from bot.parsing.forum import Json
from bot.planning.normal import clean_tag

_UNKNOWN_ID = "jubo-doctor-looks-for-nothing"
_STAFF = 5
_DEFAULTS = ForumLimits()


def check_forum(
    forum: Discourse,
    *,
    category: int | None,
    tags: Sequence[str],
    wants_math: bool = False,
    wants_picture: bool = True,
) -> list[Line]:
    """Everything about one forum, in the order in which to mend it.

    Args:
        forum: The adapter as configured.
        category: The outlet's category.
        tags: The outlet's tags.
        wants_math: The outlet says that the forum shows ``$…$`` as formulas.
        wants_picture: The outlet's digests have a picture.
    """
    check = _Check(forum, category, tags, wants_math, wants_picture)
    try:
        forum.connection.peek("/site/basic-info.json")
    except ServiceError as error:
        return [Line(Status.FAIL, str(error), "check outlets.*.url: nothing else was looked at")]
    parts: tuple[Callable[[], Iterator[Line]], ...] = (
        check.look_at_user,
        check.look_at_category,
        check.look_at_tags,
        check.look_at_limits,
        check.look_at_finding,
        check.look_at_features,
    )
    return [line for part in parts for line in _guarded(part)]


def _guarded(part: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """The part's lines; a service that fails under it is a line, too."""
    try:
        yield from part()
    except ServiceError as error:
        yield Line(Status.FAIL, str(error), "try again when the forum answers")


@dataclass
class _Check:
    forum: Discourse
    category: int | None
    tags: Sequence[str]
    wants_math: bool
    wants_picture: bool
    user: Json = field(default_factory=dict)
    known_user: bool = False

    def look_at_user(self) -> Iterator[Line]:
        """Key and user: the session where the key may see it, else whatever it may do."""
        session = self.forum.connection.peek("/session/current.json")
        name = self.forum.username
        if session is None:
            yield from self._look_at_blind_key()
            return
        self.user, self.known_user = session.get("current_user", {}), True
        seen = str(self.user.get("username", ""))
        if seen.casefold() != name.casefold():
            yield _fail(f"the key acts for {seen}", f"set outlets.*.api_username to {seen}")
            return
        yield _pass(f"the key works for {name}, trust level {self.user.get('trust_level')}")
        if self.user.get("can_create_topic") is False:
            yield _fail(f"{name} may not create topics", "lift its silence or suspension")

    def _look_at_blind_key(self) -> Iterator[Line]:
        scoped = [feature.name for feature in FEATURES if feature.is_covered(self.forum)]
        if not scoped:
            yield _fail(
                "the forum refuses the key everywhere",
                "check key, user name, the addresses the key is allowed from, and its scopes;"
                " the forum does not say which (an unused key is revoked after 180 days)",
            )
            return
        yield _warn(
            f"the key works ({', '.join(scoped)}), but may not see its own user",
            "add the scope global:read, or look up the user's trust level yourself",
        )

    def look_at_category(self) -> Iterator[Line]:
        """Where topics go, and whether they would wait for approval."""
        if self.category is None:
            settings = self.forum.connection.peek("/site/settings.json") or {}
            if settings.get("allow_uncategorized_topics") is False:
                yield _fail("the forum asks for a category", "set outlets.*.category")
            return
        shown = self.forum.connection.peek(f"/c/{self.category}/show.json")
        category = shown.get("category", {}) if shown else self._find_in_site()
        if category is None:
            yield _warn(
                f"the key may not see category {self.category}",
                "add the scope categories:show or global:read to have it checked",
            )
            return
        name = category.get("name", self.category)
        if category.get("permission") != 1:
            yield _fail(
                f"{self.forum.username} may not create topics in category {name}",
                "give its group the right to create there, or set another outlets.*.category",
            )
            return
        yield _pass(f"topics go to category {self.category}, {name}")
        yield from self._look_at_approval(category.get("category_setting"))
        required = category.get("minimum_required_tags") or 0
        if isinstance(required, int) and required > len(self.tags) and not self._staff:
            yield _fail(f"category {name} asks for {required} tags", "add to outlets.*.tags")

    def _find_in_site(self) -> Json | None:
        site = self.forum.connection.peek("/site.json") or {}
        found = (one for one in site.get("categories", []) if one.get("id") == self.category)
        return next(found, None)

    def _look_at_approval(self, setting: Json | None) -> Iterator[Line]:
        mode = (setting or {}).get("topic_posting_review_mode", "no_one")
        if mode != "no_one" and not self._staff:
            yield _warn(
                "topics in this category wait for the forum's approval",
                "approve them there, or exempt the bot's group; jubo waits and never posts twice",
            )

    def look_at_tags(self) -> Iterator[Line]:
        """Tags that the forum would drop without a word (contract 3.4)."""
        if not self.tags:
            return
        limits, site = self.forum.fetch_limits(), self.forum.connection.peek("/site.json")
        if not limits.tagging:
            yield _fail(
                "the bot may not tag topics", "add its group to tag_topic_allowed_groups, or empty"
                " outlets.*.tags"
            )  # fmt: skip
            return
        if len(self.tags) > limits.max_tags:
            yield _fail(f"the forum takes {limits.max_tags} tags a topic", "shorten outlets.*.tags")
        for tag in self.tags:
            if clean_tag(tag, limits.max_tag_length) != tag:
                cleaned = clean_tag(tag, limits.max_tag_length)
                yield _warn(f"the forum turns tag {tag} into {cleaned}", f"write {cleaned}")
        yield from self._look_for_tags(site)

    def _look_for_tags(self, site: Json | None) -> Iterator[Line]:
        listed = self.forum.connection.peek("/tags.json")
        if listed is None or site is None:
            yield _warn(
                "the key may not see the forum's tags",
                "add the scope tags:list or global:read to have them checked",
            )
            return
        names = {str(tag.get("name", tag.get("text"))).lower() for tag in listed.get("tags", [])}
        missing = [tag for tag in self.tags if tag.lower() not in names]
        if missing and site.get("can_create_tag") is not True:
            yield _warn(
                f"the forum has no tag {', '.join(missing)} and the bot may not create it:"
                " it is dropped without a word",
                "create it on the forum",
            )
        else:
            yield _pass(f"tags {', '.join(self.tags)} are usable")

    def look_at_limits(self) -> Iterator[Line]:
        """Lengths and plugins."""
        if self.forum.connection.peek("/site/settings.json") is None:
            yield _warn(
                f"the key may not see the forum's limits; {_DEFAULTS.max_post_length} characters a"
                " post are assumed",
                "add the scope global:read",
            )
            return
        limits = self.forum.fetch_limits()
        yield _pass(
            f"posts take {limits.max_post_length} characters, titles"
            f" {limits.min_title_length} to {limits.max_title_length}"
        )
        if not limits.details:
            yield _warn("collapsed sections are switched off", "switch details_enabled on")
        if self.wants_math and not limits.math:
            yield _fail("formulas are switched off", "set outlets.*.math to auto or off")
        if self.wants_picture and limits.pictures is False:
            yield _warn(
                "the forum's setting authorized_extensions lacks png: pictures are refused",
                "add png to authorized_extensions on the forum, then jubo publish KEY for each"
                " topic that stands without its picture, or set outlets.*.picture to false",
            )

    def look_at_finding(self) -> Iterator[Line]:
        """How a topic of ours is found again; without any way jubo does not publish."""
        by_id = self._can(lambda: self.forum.find_topic_by_external_id(_UNKNOWN_ID))
        own = self._can(self.forum.find_recent_topics)
        if by_id and own:
            yield _pass("own topics are found by external id and in the bot's list")
        elif by_id or own:
            how = "the bot's list of topics" if own else "the external id"
            yield _warn(f"own topics are found only by {how}", "add the scope global:read")
        else:
            yield _fail(
                "own topics cannot be found again, so nothing is published",
                "add the scope topics:read or global:read",
            )
        if not self._staff and not self._can(self.forum.find_pending):
            yield _warn(
                "the bot's queued posts cannot be seen",
                "add the scope global:read where topics wait for approval",
            )

    def look_at_features(self) -> Iterator[Line]:
        """What jubo does, one line each, with the least that suffices."""
        for feature in FEATURES:
            least = f"needs scope {feature.scope} and trust level {feature.trust}: {feature.why}"
            bad = _fail if feature.name == "publish" else _warn
            if not feature.is_covered(self.forum):
                yield bad(f"{feature.name}: the key's scopes do not cover it", least)
            elif self.known_user and self._trust < feature.trust:
                yield bad(f"{feature.name}: trust level {self._trust} is too low", least)
            elif not self.known_user and feature.trust > 1:
                yield _warn(f"{feature.name}: the key suffices, the user is not known", least)
            else:
                yield _pass(f"{feature.name}: key and user suffice")

    @property
    def _staff(self) -> bool:
        return self.user.get("admin") is True or self.user.get("moderator") is True

    @property
    def _trust(self) -> int:
        level = self.user.get("trust_level")
        return _STAFF if self._staff else level if isinstance(level, int) else 0

    def _can(self, look: Callable[[], object]) -> bool:
        try:
            look()
        except Rejected:
            return False
        return True


def _pass(what: str) -> Line:
    return Line(Status.PASS, what)


def _warn(what: str, cure: str) -> Line:
    return Line(Status.WARN, what, cure)


def _fail(what: str, cure: str) -> Line:
    return Line(Status.FAIL, what, cure)
