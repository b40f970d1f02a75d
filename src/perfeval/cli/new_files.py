"""Write a file that a person will go on editing: never over one that exists."""

from __future__ import annotations

from pathlib import Path

from perfeval.errors import RenderError, system_reason


def write_new(path: str, text: str) -> None:
    """Write *text* to a file that does not exist yet.

    Raises:
        RenderError: The file exists already, or cannot be written.
    """
    try:
        file = Path(path).open("x", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed below
        try:
            with file:
                file.write(text)
        except BaseException:  # nothing half written stays
            Path(path).unlink(missing_ok=True)
            raise
    except FileExistsError:
        raise RenderError(f"“{path}”已经存在，没有改动它") from None
    except OSError as error:
        raise RenderError(f"不能写入“{path}”：{system_reason(error)}") from error
    except ValueError as error:
        raise RenderError(f"不能写入“{path}”：文件名不能用") from error
