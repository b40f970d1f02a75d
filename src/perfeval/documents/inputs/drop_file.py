"""``自评检查.cmd``: files are dropped on it in Windows, and marked copies stand beside them.

Its lines end as Windows wants it and its letters are GBK, whatever wrote it; a name is never
expanded twice, so that a file's name is no command.
"""

from __future__ import annotations

DROP_FILE = "自评检查.cmd"
_ENCODING = "gbk"
_LINES = """\
@echo off
chcp 936 >nul
setlocal DisableDelayedExpansion
set "python={python}"
if not exist "%python%" set "python=python"
set "options={options}"
if "%~1"=="" goto help
:next
if "%~1"=="" goto done
set "in=%~f1"
set "base=%~dpn1"
set "ext=%~x1"
set "kind=批注"
if /i "%ext%"==".xlsx" goto name
if /i "%ext%"==".docx" goto name
set "kind=问题"
set "ext=.html"
:name
set "n="
:free
set "out=%base%-%kind%%n%%ext%"
if not exist "%out%" goto check
set /a n+=1 >nul
goto free
:check
echo.
echo "%in%"
if "%kind%"=="批注" "%python%" -m perfeval check "%in%" --all --mark "%out%" %options%
if "%kind%"=="问题" "%python%" -m perfeval check "%in%" -o "%out%" %options%
if not exist "%out%" echo 没有写出结果，原因见上面。
shift
goto next
:help
echo 把自评表（Word、Excel、PDF 等）拖到“自评检查”的图标上，旁边会多出一份：
echo   .xlsx、.docx：“原名-批注”，问题写成那一格的批注；原件不动。
echo   别的：“原名-问题.html”，用浏览器打开。
echo 文件名里有 ^& 的，请先改名；正在 Excel、Word 里打开的，请先关闭。
:done
echo.
pause
"""
"""The batch file; its first lines are ASCII, as the console may still have another code page."""


def drop_file(python: str, rulebook: str | None = None, root: str | None = None) -> bytes:
    r"""Return the batch file.

    Args:
        python: The Python that has perfeval.
        rulebook: The rulebook by which all sheets score, in place of their own.
        root: The folder of one's own rulebooks.

    >>> drop_file("C:\\Python\\python.exe", "hubei-2020").splitlines()[3]
    b'set "python=C:\\Python\\python.exe"'
    """
    given = (("--rulebook", rulebook), ("--rulebooks", root))
    options = " ".join(f'{name} "{_literal(value)}"' for name, value in given if value)
    text = _LINES.format(python=_literal(python), options=options)
    return text.replace("\n", "\r\n").encode(_ENCODING)


def _literal(text: str) -> str:
    r"""Return a text as it stands in a batch file; empty where it cannot stand there.

    >>> _literal("C:/100%/py.exe"), _literal('a"b'), _literal("a\nb")
    ('C:/100%%/py.exe', '', '')
    """
    try:
        text.encode(_ENCODING)
    except UnicodeEncodeError:
        return ""
    return "" if set('"\r\n') & set(text) else text.replace("%", "%%")
