"""``perfeval verify``: does the run of a manifest, done again, give the same."""

from __future__ import annotations

import argparse
import os
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from perfeval._resources import __version__
from perfeval.carriers import LIMITS
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.reruns import Rerun, RerunDifference, rerun
from perfeval.errors import JsonError
from perfeval.manifest import Manifest
from perfeval.opening import read_regular, system_reason
from perfeval.report import from_json

_MOST_SHOWN = 20


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Do the run of a manifest again, in a folder of its own, and compare.

    Returns:
        0 where everything is the same, 1 where something is not.

    Raises:
        UsageError: It is no manifest, or one whose run cannot be done again (exit code 2).
    """
    manifest = _read(arguments.manifest_file)
    root = _root(manifest, arguments)
    with TemporaryDirectory(prefix="perfeval-verify-") as folder:
        console.progress("正在重做")
        try:
            found = rerun(manifest, root, Path(folder))
        finally:
            console.progress("")
    if arguments.json:
        console.write_json(_data(manifest, found))
    else:
        _show(manifest, found, console)
    return 0 if found.is_same else 1


def _read(path: str) -> Manifest:
    try:
        content = read_regular(path, LIMITS.file + 1)
    except OSError as error:
        raise UsageError(f"“{path}”打不开（{system_reason(error)}）") from error
    except ValueError as error:
        raise UsageError(f"“{path}”打不开（文件名不能用）") from error
    try:
        return from_json(content, Manifest)
    except JsonError as error:
        said = "；".join(item.message for item in error.findings[:3] if item.path != ("kind",))
        why = said or "里面是别的内容；运行清单由 --manifest 写出"
        raise UsageError(f"“{path}”不是 perfeval 写的运行清单：{why}") from error


def _root(manifest: Manifest, arguments: argparse.Namespace) -> Path:
    """Return the folder of the run: the one that is given, else that of the manifest.

    Raises:
        UsageError: The manifest lay below the folder of its run, so that this must be named.
    """
    if arguments.root is not None:
        return Path(arguments.root)
    own = Path(arguments.manifest_file).absolute().parent
    depth = len(PurePath(manifest.path).parts) - 1
    if depth:
        raise UsageError(
            f"清单原来在“{manifest.path}”；请用 --root 写明运行时所在的文件夹（从它看，清单在那里）"
        )
    return own


def _show(manifest: Manifest, found: Rerun, console: Console) -> None:
    console.say(f"perfeval {' '.join(manifest.arguments)}")
    if manifest.version != __version__:
        console.say(f"版本不同：清单是 perfeval {manifest.version}，现在是 {__version__}")
    for name, (was, now) in found.packages.items():
        console.say(f"软件包不同：{name} {was} → {now or '没有安装'}")
    for item in found.differences[:_MOST_SHOWN]:
        console.say(str(item))
    more = len(found.differences) - _MOST_SHOWN
    if more > 0:
        console.say(f"……还有 {more} 处")
    files = f"读 {len(manifest.inputs)} 个文件，写 {len(manifest.outputs)} 个文件"
    verdict = "重做的结果一样" if found.is_same else f"不一样：{len(found.differences)} 处"
    console.say(f"{verdict}（{files}，退出码 {manifest.exit_code}）")


def _data(manifest: Manifest, found: Rerun) -> dict[str, object]:
    return {
        "same": found.is_same,
        "version": {"was": manifest.version, "now": __version__},
        "packages": {name: {"was": was, "now": now} for name, (was, now) in found.packages.items()},
        "differences": list(map(_difference_data, found.differences)),
    }


def _difference_data(item: RerunDifference) -> dict[str, object]:
    return {
        "kind": item.kind.name.lower(),
        "path": os.fspath(item.path) or None,
        "detail": item.detail or None,
    }
