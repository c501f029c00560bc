"""What a moderator let pass on an outlet, remembered by finding."""

from __future__ import annotations

from bot.model.edition import Edition
from bot.planning.obstacles import find_obstacles, mark
from bot.workflow.durable import run_step
from bot.workflow.services import Services


def find_passed(services: Services, outlet: str, edition: Edition) -> tuple[str, ...]:
    """Marks of the edition's findings that were let pass; asked only where there are any."""
    if not find_obstacles(edition):
        return ()
    name = f"{outlet}/{edition.external_id}"
    # a step: a replay must hold what the first run held
    return run_step("passed", lambda: tuple(services.notes("passed").get(name) or ()))


def let_pass(services: Services, outlet: str, edition: Edition) -> None:
    """Hold the edition no more for what it has now; new findings hold it again."""
    passed = set(find_passed(services, outlet, edition))
    now = passed | {mark(finding) for finding in find_obstacles(edition)}
    if now != passed:
        services.notes("passed").put(f"{outlet}/{edition.external_id}", tuple(sorted(now)))
