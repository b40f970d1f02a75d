"""The most memory that a process has taken."""

from __future__ import annotations

import re
from pathlib import Path


def peak() -> int:
    """Return the most memory that this process has taken since it began, in MiB (Linux).

    `resource.getrusage` knows that of whoever started the process, too: a small process that a
    large one starts would be as large.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^VmHWM:\s*([0-9]+) kB", status, re.MULTILINE)
    if found is None:
        raise RuntimeError("this system does not say how much memory was taken")
    return int(found[1]) // 1024
