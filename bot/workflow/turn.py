"""One Action carried out: remember what is begun, do it, remember what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.errors import Rejected
from bot.model.publication import Job, Publication, PublicationState, Standing, WrittenPost
from bot.model.topic import Action, ActionKind, ForumPost, PendingPost, Post
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import fill
from bot.planning.posts import PostPlanner
from bot.planning.recognise import find_own_posts
from bot.planning.topic import Rules, choose_tags, find_picture_hash
from bot.workflow.acts import create_reply_once, create_topic_once, edit_post_once
from bot.workflow.desk import Desk, with_post


@dataclass(frozen=True, slots=True)
class Turn:
    """Carries out one Action on what was just read; gives the record that follows."""

    desk: Desk
    job: Job
    rules: Rules
    record: Publication
    standing: Standing

    def act(self, action: Action) -> Publication:
        """Do it; gives the record that follows, which is on disk.

        Raises:
            Unavailable: The forum is away for longer than the desk has patience.
            Rejected: The forum refuses it.
        """
        post = next((post for post in self.job.digest.posts if post.number == action.number), None)
        match action.kind:
            case ActionKind.UPLOAD_IMAGE:
                return self._upload()
            case ActionKind.SET_TITLE | ActionKind.SET_TAGS:
                return self._set_head(action.kind)
            case ActionKind.CREATE_TOPIC if post is not None:
                return self._create_topic(post)
            case ActionKind.CREATE_REPLY if post is not None:
                return self._create_reply(post)
            case ActionKind.EDIT_POST if post is not None:
                return self._edit(post, action.reason)
        raise ValueError(f"{action.kind} on {action.target} is not an act")

    def _upload(self) -> Publication:
        picture = self.job.digest.picture or b""
        name = f"{self.job.digest.external_id}.png"
        refusal = ""
        try:
            address = self.desk.ask(
                "upload", lambda: self.desk.forum.upload_image(filename=name, content=picture)
            )
        except Rejected as error:
            # The digest stands without its picture; the record tells moderators why.
            address, refusal = "", str(error)
        record = replace(self.record, picture=address, picture_refusal=refusal)
        return self.desk.save(replace(record, picture_hash=find_picture_hash(self.job.digest)))

    def _create_topic(self, post: Post) -> Publication:
        digest, desk = self.job.digest, self.desk
        raw = fill(post.raw, {}, picture=self.record.picture or None)
        tags = choose_tags(digest, self.rules.limits)
        record = replace(self.record, title=digest.title, tags=tags)
        record = desk.attempt(record, record.post(1), normalise_raw(raw))
        made = desk.ask("create", lambda: create_topic_once(desk.forum, digest, raw, tags))
        if isinstance(made, Standing):
            return record  # the next look finds and adopts it
        if isinstance(made, PendingPost):
            record = with_post(record, WrittenPost(1))
            queued = PublicationState.QUEUED
            return desk.save(replace(record, pending_id=made.pending_id, state=queued))
        record = replace(record, topic_id=made.topic_id, url=f"{desk.forum.url}/t/{made.topic_id}")
        return desk.save(with_post(record, _written(1, made, raw)))

    def _planner(self) -> PostPlanner:
        topic = self.standing.topic
        own = {} if topic is None else find_own_posts(topic, self.rules.username)
        return PostPlanner(
            self.job.digest, own, self.standing.pending, self.record, self.rules.base_path
        )

    def _create_reply(self, post: Post) -> Publication:
        desk, topic_id = self.desk, self.record.topic_id
        if topic_id is None:
            raise ValueError("a reply needs its topic")
        raw = self._planner().text(post)
        record = desk.attempt(self.record, self.record.post(post.number), raw)
        made = desk.ask("reply", lambda: create_reply_once(desk.forum, topic_id, raw))
        if isinstance(made, PendingPost):
            return desk.save(
                with_post(record, WrittenPost(post.number, pending_id=made.pending_id))
            )
        return desk.save(with_post(record, _written(post.number, made, raw)))

    def _edit(self, post: Post, reason: str) -> Publication:
        desk, written = self.desk, self.record.post(post.number)
        post_id = written.post_id
        if post_id is None:
            raise ValueError("an edit needs a post that stands")
        raw = self._planner().text(post)
        record = desk.attempt(self.record, written, raw)
        made = desk.ask(
            "edit",
            lambda: edit_post_once(
                desk.forum,
                post_id,
                expected=written.raw,
                raw=raw,
                reason=f"jubo: {reason}",
                bypass_bump=self.rules.limits.staff,
            ),
        )
        return desk.save(with_post(record, _written(post.number, made, raw)))

    def _set_head(self, kind: ActionKind) -> Publication:
        desk, digest, topic_id = self.desk, self.job.digest, self.record.topic_id
        if topic_id is None:
            raise ValueError("title and tags need their topic")
        if kind is ActionKind.SET_TITLE:
            desk.ask("title", lambda: desk.forum.set_title(topic_id=topic_id, title=digest.title))
            return desk.save(replace(self.record, title=digest.title))
        tags = choose_tags(digest, self.rules.limits)
        desk.ask("tags", lambda: desk.forum.set_tags(topic_id=topic_id, tags=tags))
        return desk.save(replace(self.record, tags=tags))


def _written(number: int, post: ForumPost, raw: str) -> WrittenPost:
    text = normalise_raw(raw)
    return WrittenPost(number, post.post_id, text, text, post.version)
