"""One request, as a route's function sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from starlette.requests import Request

from bot.sandbox.forum.access import Caller
from bot.sandbox.forum.limits import UserLimits
from bot.sandbox.forum.params import Params
from bot.sandbox.forum.refusals import not_found, not_logged_in
from bot.sandbox.forum.settings import ForumSettings
from bot.sandbox.forum.state import State
from bot.sandbox.forum.tables import User


@dataclass(frozen=True, slots=True)
class Call:
    """A request with its caller, inside its transaction.

    ``queue``: the switchboard wants this creation to wait for approval.
    """

    state: State
    session: Session
    request: Request
    params: Params
    caller: Caller
    now: datetime
    queue: bool = False

    @property
    def settings(self) -> ForumSettings:
        """The forum's settings at the moment."""
        return self.state.settings

    @property
    def user(self) -> User:
        """The acting user.

        Raises:
            Refusal: ``not_logged_in`` where there is none.
        """
        if self.caller.user is None:
            raise not_logged_in()
        return self.caller.user

    @property
    def staff(self) -> bool:
        """Whether the caller is an admin or a moderator."""
        return self.caller.user is not None and self.caller.user.staff

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def path_id(self, name: str = "id") -> int:
        """A numeric part of the path."""
        number = int(self.request.path_params[name])
        if number >= 2**63:  # more than the database can hold
            raise not_found()
        return number

    def limits(self, *, exempt: bool = False) -> UserLimits:
        """The limits on the acting user."""
        return UserLimits(
            self.state.limiter, self.settings.limits, self.user, self.now, exempt=exempt
        )
