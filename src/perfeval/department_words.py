"""What a department says its figures are figures of: the words, apart from the models.

Checks compare with them; whoever reads single sheets needs none of the models.
"""

from __future__ import annotations

from perfeval.cells.words import WordEnum


class Stage(WordEnum):
    """When a figure was set (环节): planned, planned after changes, or spent.

    >>> Stage("决算").value
    '决算'
    """

    ORIGINAL = "年初预算"
    FINAL = "全年预算"
    SPENT = "决算"


class Fund(WordEnum):
    """Which budget money comes from (资金).

    >>> Fund("政府性基金").value
    '政府性基金'
    """

    ALL = "全部"
    GENERAL = "一般公共预算"
    GOVERNMENT = "政府性基金"
    STATE_CAPITAL = "国有资本经营预算"
    OTHER = "其他"


class Use(WordEnum):
    """What money is spent on (支出).

    >>> Use("项目支出").value
    '项目支出'
    """

    ALL = "全部"
    BASIC = "基本支出"
    PROJECTS = "项目支出"


class ShareKind(WordEnum):
    """What a printed percentage is (性质): an execution rate, or a share of something.

    >>> ShareKind("占比").value
    '占比'
    """

    EXECUTION_RATE = "执行率"
    PROPORTION = "占比"


class AmountBasis(WordEnum):
    """Which amount a department says it assessed (资金口径): planned or spent.

    >>> AmountBasis("预算数").value
    '预算数'
    """

    FINAL = "预算数"
    SPENT = "执行数"
