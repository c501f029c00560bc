"""What every test can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import PostgresServer, run_postgres

_SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real pages, beside the checkout; the test skips where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip("the real pages (../shared) are not beside this checkout")
    return _SHARED


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run; skips where the package is missing."""
    with run_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server
