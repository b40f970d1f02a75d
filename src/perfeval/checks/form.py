"""表头和方框: what the form asks for above the figures."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.checks.registry import FINE, LACKING, Fault, Results, sheet_check
from perfeval.fields import word_of
from perfeval.findings import Severity
from perfeval.rulebook import Form
from perfeval.rulebook.form import HeaderField
from perfeval.scorecard import Scorecard
from perfeval.sheet import Sheet


def _ticked(card: Scorecard) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """Yield each row of boxes: its name, its options, and the one that is ticked."""
    sheet = card.sheet
    values = {"项目类别": sheet.category, "项目属性": sheet.attribute, "项目类型": sheet.type}
    for name, options in card.form.options_at(sheet.place).items():
        yield name, options, values.get(name)


@sheet_check("FM101", Severity.WARNING)
def box_not_on_form(card: Scorecard) -> Results:
    """What is ticked is not one of the boxes on the form."""
    for name, options, value in _ticked(card):
        if value is None:
            continue
        if value in (*options, *card.form.options[name]):
            yield FINE
        else:
            yield Fault(f"“{value}”不是表上{name}的选项", (name,), f"可以写：{'、'.join(options)}")


@sheet_check("FM102", Severity.WARNING)
def box_left_unticked(card: Scorecard) -> Results:
    """A row of boxes has nothing ticked."""
    for name, options, value in _ticked(card):
        if value is not None:
            yield FINE
        elif not card.lines:  # no table was published or drawn up
            yield LACKING
        else:
            yield Fault(f"{name}没有勾选", (name,), f"请选一项：{'、'.join(options)}")


@sheet_check("FM103", Severity.WARNING)
def heading_blank(card: Scorecard) -> Results:
    """A field that the form prints above the table is blank."""
    sheet = card.sheet
    values = {
        HeaderField.DEPARTMENT: sheet.department,
        HeaderField.UNIT: sheet.unit,
        HeaderField.GOAL: sheet.goal,
    }
    printed = _printed(card.form)
    for name, value in values.items():
        if name not in printed:
            continue
        if value is not None or (name == HeaderField.GOAL and sheet.goals):
            yield FINE
        elif not card.lines:
            yield LACKING
        else:
            yield Fault(f"“{name}”没有填写", (str(name),), f"请填写{name}")


def _printed(form: Form) -> set[HeaderField | None]:
    return {cell.field for _, rows in form.blocks for row in rows for cell in row}


_RULEBOOK = word_of(Sheet, "rulebook")


def _last_day(year: int) -> str:
    """Return the last day of a year, as dates are written."""
    return f"{year}-12-31"


def _assessed_by(sheet: Sheet) -> str:
    """Return the day by which a sheet was filled in: its own, else the end of the next year."""
    return sheet.filed_on or _last_day(sheet.year + 1)


@sheet_check("FM104", Severity.ERROR)
def rulebook_not_in_force(card: Scorecard) -> Results:
    """The rules came into force only after the sheet was filled in, or after the year for that."""
    since, year = card.rulebook.in_force, card.sheet.year
    if since is None:
        return
    if since > _assessed_by(card.sheet):
        filed, name = card.sheet.filed_on, card.rulebook.name
        told = f"填报日期是 {filed}" if filed else f"{year} 年度的自评在 {year + 1} 年进行"
        yield Fault(
            f"{told}，“{name}”自 {since} 起施行，当时还没有",
            (_RULEBOOK,),
            "请改用当时施行的办法",
        )
    else:
        yield FINE


@sheet_check("FM105", Severity.INFO)
def rulebook_in_force_after_the_year(card: Scorecard) -> Results:
    """The rules came into force after the sheet's year, in the year in which it is assessed."""
    since, year = card.rulebook.in_force, card.sheet.year
    if since is None or since > _assessed_by(card.sheet):
        return
    if since > _last_day(year):
        yield Fault(
            f"“{card.rulebook.name}”自 {since} 起施行，在 {year} 年度之后",
            (_RULEBOOK,),
            "请确认自评时已按它执行",
        )
    else:
        yield FINE
