"""The commands of a page (PDF 页面命令): whether each has the operands that it needs.

A compressed stream carries a check sum; one that is stored as it is carries none, and a
changed byte moves a box or drops a figure without a trace. Its commands are the only
witness: one that lost an operand, or is none, cannot have been written so. A digit that
became another one leaves no trace here either. Draws nothing and reads no text.
"""

from __future__ import annotations

import re

from extract.readers.pdf_syntax import SPACE, Broken
from extract.reasons import Rejected

_END = rb"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%\d.+-])"
"""Behind an operator; digits may follow at once, as careless producers write them."""
_NUMBER = SPACE + rb"[+-]{0,2}+(?:\d++\.?+\d*+|\.\d++)(?:-\d++)?+"
_NAME = SPACE + rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+"
_INNER = rb"\((?:[^\\()]|\\.)*+\)"
_STRING = (
    SPACE + rb"(?:\((?:[^\\()]|\\.|\((?:[^\\()]|\\.|" + _INNER + rb")*+\))*+\)|<[0-9A-Fa-f\s]*+>)"
)
_LIST = SPACE + rb"\[(?:" + _NUMBER + rb"|" + _STRING + rb"|" + _NAME + rb")*+" + SPACE + rb"\]"
_PART = rb"[^<>()]|<[0-9A-Fa-f\s]*+>|\((?:[^\\()]|\\.|" + _INNER + rb")*+\)"
_DICTIONARY = SPACE + rb"<<(?:" + _PART + rb"|<<(?:" + _PART + rb")*+>>)*+>>"
_OPERANDS: tuple[tuple[bytes, bytes], ...] = (
    (_NUMBER * 6, rb"cm|Tm|c"),
    (_NUMBER * 4, rb"re|v|y|k|K"),
    (_NUMBER * 3, rb"rg|RG"),
    (_NUMBER * 2, rb"m|l|Td|TD"),
    (_NUMBER, rb"w|J|j|M|i|g|G|Tc|Tw|Tz|TL|Tr|Ts"),
    (_NAME + _NUMBER, rb"Tf"),
    (_NAME, rb"gs|ri|cs|CS|sh|Do|BMC|MP"),
    (_NAME + rb"(?:" + _NAME + rb"|" + _DICTIONARY + rb")", rb"BDC|DP"),
    (_STRING, rb"Tj|'"),
    (_NUMBER * 2 + _STRING, rb"\""),
    (_LIST, rb"TJ"),
    (_LIST + _NUMBER, rb"d"),
    (rb"(?:" + _NUMBER + rb")*+(?:" + _NAME + rb")?+", rb"scn|SCN|sc|SC"),
    (rb"", rb"q|Q|BT|ET|EMC|BX|EX|h|S|s|f\*|F|f|B\*|B|b\*|b|n|W\*|W|T\*"),
)
_COMMAND = re.compile(
    rb"|".join(
        operands + SPACE + rb"(?:" + operators + rb")" + _END for operands, operators in _OPERANDS
    ),
    re.DOTALL,
)
_COMMANDS = re.compile(rb"(?:" + _COMMAND.pattern + rb")*+" + SPACE, re.DOTALL)
_OPERATOR = re.compile(rb"(?:" + rb"|".join(operators for _, operators in _OPERANDS) + rb")" + _END)
_ANY_OPERANDS = re.compile(
    rb"(?:" + rb"|".join((_NUMBER, _NAME, _DICTIONARY, _STRING, _LIST)) + rb")*+" + SPACE,
    re.DOTALL,
)
_NO_PLAIN_NUMBER = re.compile(rb"[eE][-+]?\d|#|nan|NaN|inf|INF")
"""Behind digits: how careless producers write very small numbers, and none at all."""
_FIGURES = frozenset(b"%d" % figure for figure in range(10))
_INLINE_PICTURE = re.compile(rb"BI\s")


def check_commands(content: bytes) -> None:
    """See that the contents of a page are commands from beginning to end.

    Raises Rejected with PDF_DAMAGED where a command has not the operands that it needs or
    a number ends in no figure, and Broken at what is no command, which readers pass over.
    The bytes of a picture among the commands are not looked at, nor is what follows them.
    """
    whole = _COMMANDS.match(content)
    end = whole.end() if whole else 0
    if end == len(content) or _INLINE_PICTURE.match(content, end):
        return
    operands = _ANY_OPERANDS.match(content, end)
    after = operands.end() if operands else end
    if (known := _OPERATOR.match(content, after)) is not None:
        name = known[0].decode("ascii")
        raise Rejected("PDF_DAMAGED", f"a command {name} with operands of another one")
    glued = after > end and content[after - 1 : after] in _FIGURES
    if glued and _NO_PLAIN_NUMBER.match(content, after) is None:
        raise Rejected("PDF_DAMAGED", "a number among its commands is none")
    raise Broken("something among its commands is none")
