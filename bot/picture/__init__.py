"""The week's themes as one PNG, drawn in a short-lived process so that the daemon stays small."""

from __future__ import annotations

import subprocess
import sys

from bot.errors import ServiceError, Unavailable
from bot.model.codec import to_json
from bot.model.picture import Chart

_SECONDS = 60
_LARGEST = 200_000
_PNG = b"\x89PNG\r\n\x1a\n"


def draw(chart: Chart) -> bytes:
    """The picture as a PNG of at most 200 kB.

    Raises:
        ServiceError: The drawing process failed; the post stands without the picture.
    """
    command = [sys.executable, "-m", "bot.picture.draw"]
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module
            command,
            input=to_json(chart).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from None
    if done.returncode or not done.stdout.startswith(_PNG) or len(done.stdout) > _LARGEST:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(lines[-1] if lines else f"{len(done.stdout)} bytes of no usable picture")
    return done.stdout


def _failed(cause: str) -> ServiceError:
    return Unavailable(
        f"picture: not drawn: {cause}; the post stands without it", service="picture"
    )
