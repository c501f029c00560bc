"""What the tests of the whole job share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Starts commands without the seconds that their imports take."""
    nursery = Nursery()
    yield nursery
    nursery.close()
