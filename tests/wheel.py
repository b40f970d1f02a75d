"""Compare a built wheel with the checkout: ``python tests/wheel.py dist/perfeval-….whl``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {
    ROOT / "src" / "perfeval": "perfeval",
    ROOT / "indicators": "perfeval/_data/indicators",
    ROOT / "templates": "perfeval/_data/templates",
}


def shipped() -> Iterator[tuple[str, Path]]:
    """Yield every file of the checkout that ships, under its name in the wheel."""
    for folder, inside in FOLDERS.items():
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if path.is_file() and not any(part.startswith((".", "__py")) for part in parts):
                yield f"{inside}/{path.relative_to(folder).as_posix()}", path


def differences(wheel: Path) -> list[str]:
    """Say what the wheel lacks, has too much, or has with another content."""
    expected = dict(shipped())
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        changed = [
            f"differs: {name}"
            for name in sorted(names & expected.keys())
            if archive.read(name) != expected[name].read_bytes()
        ]
    missing = [f"missing: {name}" for name in sorted(expected.keys() - names)]
    extra = [f"not in the checkout: {name}" for name in sorted(names - expected.keys())]
    return [*missing, *extra, *changed]


def main() -> int:
    """Compare the wheel named on the command line."""
    found = differences(Path(sys.argv[1]))
    sys.stdout.write("\n".join([*found, f"{len(dict(shipped()))} files compared"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
