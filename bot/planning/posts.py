"""What to do about each post of a topic that stands: write, edit, keep, wait, propose a merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.model.publication import Proposal, Publication, WrittenPost
from bot.model.topic import Action, ActionKind, Digest, ForumPost, PendingPost, Post
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import fill, find_addressed, post_address
from bot.planning.recognise import find_own_pending
from bot.planning.threeway import merge_texts

LINKS = "fill in the links to the replies, which now stand"


@dataclass(frozen=True, slots=True)
class PostStep:
    """One Action on one post; ``proposal`` where a person has to accept a merge first."""

    action: Action
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class PostPlanner:
    """Compares a digest's posts with a topic's; ``own`` are the bot's, by place in the digest."""

    digest: Digest
    own: Mapping[int, ForumPost]
    pending: Sequence[PendingPost]
    record: Publication
    base_path: str = ""

    def plan(self) -> list[PostStep]:
        """Steps in order: replies first, so that an edit of links finds them all standing."""
        replies = self._plan_replies()
        kinds = {step.action.kind for step in replies}
        steps = [*replies, *self._plan_surplus()]
        for post in self.digest.posts:
            live = self.own.get(post.number)
            step = None if live is None else self._plan_text(post, live, kinds)
            if step is not None:
                steps.append(step)
        return steps

    def addresses(self) -> dict[int, str]:
        """Paths of the digest's posts that stand, by place in the digest."""
        return {
            number: post_address(self.base_path, post.topic_id, post.number)
            for number, post in self.own.items()
            if not post.deleted
        }

    def text(self, post: Post) -> str:
        """What the post should read, as the forum stores it, with the addresses known now."""
        return self._fill(post, self.addresses())

    def first_text(self, post: Post) -> str:
        """What the post read when it was created: only posts before it stood."""
        before = {n: path for n, path in self.addresses().items() if n < post.number}
        return self._fill(post, before)

    def _fill(self, post: Post, addresses: Mapping[int, str]) -> str:
        return normalise_raw(fill(post.raw, addresses, picture=self.record.picture or None))

    def _plan_replies(self) -> list[PostStep]:
        """Missing replies, in order; one that waits for approval keeps back those after it."""
        last = max(self.own, default=1)
        steps: list[PostStep] = []
        for post in self.digest.posts[1:]:
            if post.number in self.own:
                continue
            step = self._plan_reply(post, self.record.post(post.number), deleted=post.number < last)
            steps.append(step)
            if step.action.kind in {ActionKind.WAIT, ActionKind.HOLD}:
                break
        return steps

    def _plan_reply(self, post: Post, written: WrittenPost, *, deleted: bool) -> PostStep:
        pending = find_own_pending(self.pending, self.digest, post.number)
        if pending is not None:
            reason = f"it waits for approval on the forum (number {pending.pending_id})"
            return self._step(ActionKind.WAIT, post, reason)
        if written.post_id is not None or deleted:
            reason = "it was deleted on the forum; it is not written again"
            return self._step(ActionKind.NOTHING, post, reason)
        if written.pending_id is not None:
            reason = (
                f"number {written.pending_id} left the forum's queue without a post: refused?"
                " jubo skip KEY"
            )
            return self._step(ActionKind.HOLD, post, reason)
        reason = "the digest does not fit into fewer posts"
        return self._step(ActionKind.CREATE_REPLY, post, reason)

    def _plan_surplus(self) -> list[PostStep]:
        total = len(self.digest.posts)
        reason = f"the digest now has {total} posts; delete this one on the forum, jubo cannot"
        return [
            self._step(ActionKind.HOLD, Post(number, ""), reason, live)
            for number, live in sorted(self.own.items())
            if number > total and not live.deleted
        ]

    def _plan_text(self, post: Post, live: ForumPost, replies: set[ActionKind]) -> PostStep | None:
        if live.deleted or live.hidden:
            how = "deleted" if live.deleted else "hidden"
            return self._step(ActionKind.NOTHING, post, f"it was {how} on the forum", live)
        wanted, stands = self.text(post), normalise_raw(live.raw)
        written = self.record.post(post.number)
        if stands == wanted:
            ahead = {number for number in find_addressed(post.raw) if number not in self.own}
            if ahead and ActionKind.CREATE_REPLY in replies:
                return self._step(ActionKind.EDIT_POST, post, LINKS, live)
            return None
        linked_only = stands == self.first_text(post)
        if linked_only and replies & {ActionKind.WAIT, ActionKind.HOLD}:
            return None
        if wanted == written.composed:
            return self._keep(post, live, untouched=stands == written.raw)
        if stands == written.raw == written.composed:
            reason = LINKS if linked_only else "the digest changed"
            return self._step(ActionKind.EDIT_POST, post, reason, live, wanted)
        return self._propose(post, live, wanted, written.composed)

    def _keep(self, post: Post, live: ForumPost, *, untouched: bool) -> PostStep | None:
        if untouched:
            return None
        return self._step(ActionKind.NOTHING, post, "a person edited it; it is kept", live)

    def _propose(self, post: Post, live: ForumPost, wanted: str, base: str) -> PostStep | None:
        stands = normalise_raw(live.raw)
        merge = merge_texts(base or _shared_lines(wanted, stands), wanted, stands)
        if merge.text == stands:
            return self._keep(post, live, untouched=False)
        how = f"{merge.conflicts} conflicts" if merge.conflicts else "no conflict"
        reason = (
            "it was changed on the forum and the digest has something new;"
            f" a merge is proposed ({how})"
        )
        step = self._step(ActionKind.HOLD, post, reason, live)
        proposal = Proposal(
            post.number, live.post_id, live.raw, wanted, merge.text, merge.conflicts
        )
        return PostStep(step.action, proposal)

    def _step(
        self,
        kind: ActionKind,
        post: Post,
        reason: str,
        live: ForumPost | None = None,
        raw: str | None = None,
    ) -> PostStep:
        target = f"post {post.number}/{len(self.digest.posts)}"
        post_id = None if live is None else live.post_id
        return PostStep(Action(kind, target, reason, post.number, post_id, raw))


def _shared_lines(one: str, other: str) -> str:
    """Stands in for a lost base: what both texts have; all else then counts as added."""
    left, right = one.split("\n"), other.split("\n")
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return "\n".join(line for block in blocks for line in left[block.a : block.a + block.size])
