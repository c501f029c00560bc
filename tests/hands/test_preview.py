"""``jubo preview`` as a person starts and stops it."""

from __future__ import annotations

import signal
import subprocess
import sys

import httpx
import pytest

from bot.sandbox.week import KEY
from tests.hands.conftest import Hands


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_told_to_stop(hands: Hands, number: signal.Signals) -> None:
    hands.jubo("config")
    words = ["-m", "bot", "--config", str(hands.file), "preview", KEY, "--port", "0"]
    command = [sys.executable, "-u", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            url = line.rpartition(" (stop with")[0].rpartition(" ")[2]
            front = httpx.get(url, trust_env=False)
            process.send_signal(number)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    assert (front.status_code, "<aside" in front.text) == (200, True)
    assert hands.forum.topics() == ()
