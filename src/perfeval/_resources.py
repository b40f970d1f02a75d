"""What the distribution carries: its version, and its data files."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # to import these takes as long as all that ``--help`` says
    from pathlib import Path
    from typing import Literal

__version__ = "0.2.0"
"""The version of the package; every output carries it."""
SCHEMA = 1
"""The version of every JSON output; it changes when a key goes or means something else."""


def package_dir() -> Path:
    """Return the folder of the package."""
    from pathlib import Path

    return Path(__file__).parent


def data_dir(name: Literal["indicators", "templates"]) -> Path:
    """Return the folder of shipped indicator sheets or templates.

    An installed wheel carries them in ``perfeval/_data``; a checkout keeps them beside ``src``.

    Raises:
        FileNotFoundError: The distribution was built without the folder.
    """
    candidates = (package_dir() / "_data" / name, package_dir().parents[1] / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"perfeval has no {name!r} folder; looked in {candidates}")


def rulebook_dir() -> Path:
    """Return the folder of shipped rulebooks."""
    return package_dir() / "rulebooks"


def check_page_dir() -> Path:
    """Return the folder of the checks' pages."""
    return package_dir() / "checks" / "pages"


def review_profile_dir() -> Path:
    """Return the folder of the review profiles that ship."""
    return package_dir() / "review" / "profiles"
