"""Caption rows of a text dump (表题行): rows of a table that are no part of what it lists.

Word documents made from worksheets print the number of the form, the title, the
department and the unit as rows of the table itself, beside empty cells or each other.
Knows the form of these rows, no statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = r"[\d一二三四五六七八九十]{1,4}(?:[-－]\d{1,2})?"
_MARK = re.compile(
    rf"[（(]?(?:(?:财决|批复|部门|单位|预算|决算|公开|附件|附|GK){{1,3}}表?|表){_NUMBER}表?[）):：]*"
)
_NAMES_TABLE = ("表", "公开", "附件", "GK")
_UNIT = re.compile(r"[^，。；|]{0,60}(?:单位|金额)[:：](?:人民币)?[亿万百千]{0,2}元[）)]?")
_LABEL = re.compile(
    r"(?:编制|填报|编报|预算|公开|主管|部门|单位)[^:：，。；\d]{0,10}[:：].{0,60}"
    r"|(?:编制|填报|编报|制表)?(?:日期|时间)[:：].{0,20}|[（(]?20\d\d年(?:度)?[）)]?"
)
_TITLE = re.compile(
    r"[^，。；：,;:]{0,30}(?:预算|决算|收入|支出|收支|经费|自评)[^，。；：,;:]{0,12}表"
)
_LABELS = re.compile(
    r"(?:支出|收入)?(?:部门预算|政府预算)?(?:支出)?(?:功能|经济)?(?:分类)?科目(?:编码|代码|名称|编码及名称)?"
    r"|项目|单位名称|部门名称|(?:部门|单位)?(?:编码|代码)|序号"
)
_FIGURE = re.compile(r"[-+]?\d[\d,.]*%?")
_BLANKS = re.compile(r"\s+")
_MOST = 4
_LONGEST = 80


def is_caption_row(cells: Sequence[str]) -> bool:
    """Tell whether a row of a dump shows captions and nothing else.

    One of them is a title alone in its row, the number of a form or the unit of amounts;
    a department or a year may stand beside it. Rows without any text are none.
    """
    shown = [text for cell in cells if (text := _BLANKS.sub("", cell))]
    if not 0 < len(shown) <= _MOST or any(len(text) > _LONGEST for text in shown):
        return False
    if len(shown) == 1 and is_table_name(shown[0]):
        return True
    sure = [text for text in shown if _is_mark(text) or _UNIT.fullmatch(text)]
    return bool(sure) and all(text in sure or _LABEL.fullmatch(text) for text in shown)


def _is_mark(text: str) -> bool:
    """Tell whether a text numbers a form: 公开01表, 部门公开表01, 财决08-1表."""
    return _MARK.fullmatch(text) is not None and any(name in text for name in _NAMES_TABLE)


def is_table_name(text: str) -> bool:
    """Tell whether a text alone names an account table: 支出决算表."""
    return _TITLE.fullmatch(text.rstrip()) is not None


def opens_header(cells: Sequence[str]) -> bool:
    """Tell whether a row is the first of a header: the name of labels, then names and no figure."""
    texts = [_BLANKS.sub("", cell) for cell in cells]
    named = len(texts) > 1 and all(text and not _FIGURE.fullmatch(text) for text in texts)
    return named and _LABELS.fullmatch(texts[0]) is not None
