"""How much memory nobody has taken yet: of the machine, and of the container or group of processes that this one is in.

DuckDB takes up to four fifths of what there is, whoever has the rest: in a small container that and this process are
more than there is, and the system ends both without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_GROUPS = Path("/sys/fs/cgroup")


def free_memory() -> int | None:
    """Bytes; what the system keeps of files, and gives back when asked, is free. None where the system does not say."""
    found = [*_of_machine(), *_of_groups()]
    return max(min(found), 0) if found else None


def _of_machine() -> Iterator[int]:
    for line in _read(_PROC / "meminfo").splitlines():
        name, _, size = line.partition(":")
        if name == "MemAvailable":
            yield int(size.split()[0]) * 1024


def _of_groups() -> Iterator[int]:
    """Of each group above this process that has a limit. A container sees its own as the highest."""
    for line in _read(_PROC / "self" / "cgroup").splitlines():
        _, kinds, path = line.split(":", 2)
        if kinds and "memory" not in kinds.split(","):
            continue
        top, limit, taken, of_files = (
            (_GROUPS / "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
            if kinds
            else (_GROUPS, "memory.max", "memory.current", "inactive_file")
        )
        place = top / path.strip("/")
        for group in (place, *place.parents):
            if not group.is_relative_to(top):
                break
            most, used = _read(group / limit).strip(), _read(group / taken).strip()
            if most.isdigit() and used.isdigit():
                yield int(most) - int(used) + _stat(group / "memory.stat", of_files)


def _stat(path: Path, name: str) -> int:
    return next((int(line.split()[1]) for line in _read(path).splitlines() if line.startswith(f"{name} ")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
