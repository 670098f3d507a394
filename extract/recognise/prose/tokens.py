"""The patterns of the tokeniser (记号): what a figure looks like, and what only looks like one.

Each looks at one place of a folded paragraph or at the few characters before it. What a match
means is the work of :mod:`extract.recognise.prose.skeleton`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.recognise.prose.lexicon import alternation

TOKEN = r"""
  (?P<cite>[〔［\[【﹝（][12]\d{3}[〕］\]】﹞）][^\d，。；：]{0,8}\d{1,5}号
     |第\d{1,5}[-—、\d]{0,8}[号条部分章次批期届款项季名位号]
     |\d{1,6}号)
 |(?P<date>\d{4}年(?:度)?\d{1,2}(?:[-—–至~]\d{1,2})?月(?:\d{1,2}日?)?
     |\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\d.])
     |\d{1,2}月\d{1,2}日|\d{1,2}(?:[-—–至~、]\d{1,2})?月(?!平均|均)
     |(?:19|20)\d{2}年?[-—–至~](?:19|20)\d{2}(?:年(?:度)?)?)
 |(?P<year>(?<![\d,])(?:19|20)\d{2}年(?:度)?)
 |(?P<brokenyear>(?<![\d.,])\d{3}年度)
 |(?P<duration>\d+(?:\.\d+)?(?:年|个月|个工作日|工作日|分钟|小时|天|日|周岁|岁|时|级|楼|层|室|季度|届|号线))
 |(?P<levelcode>（(?P<leveldigits>\d{2,3})(?=[类款项][^（）]{0,4}）))
 |(?P<range>\d+(?:\.\d+)?(?:%|分|万元|元)?(?:（不?含[^（）]{0,6}）)?[-—–―~～至](?:\d+(?:\.\d+)?)
     (?:%|分|万元|元|人|个|次)?(?:（不?含[^（）]{0,6}）)?)
 |(?P<inclusive>（不?含\d+(?:\.\d+)?(?:分|%|万元|元)?）)
 |(?P<dotted>\d+(?:\.\d+){2,})
 |(?P<number>(?P<sign>(?:(?<![\d%分元年）a-zA-Z])|(?<=[长加升少降低]）))[-−△▲Δ∆负])?
     (?:\d{1,3}(?:[ ]\d{3})+(?:\.\d+)?(?![\d,]|[ ]\d)|\d+(?:,\d+)*(?:\.\d+)?))
 |(?P<residue>(?<![XxX×Ｘ✕])[XxX×Ｘ✕]{2,16}(?=[万亿千]?元|%|个|辆|人|年|项|平|批|台|局|，|。|；|：|（|）)
     |增加（减少）|减少（增加）|增长（下降）|下降（增长）|增长（减少）|上升（下降）|增加/减少|增长/下降
     |增（减）|增加减少|罗列全部|请参考|作持平表述)
"""
LIST_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|（\d{1,2}）(?!%|[亿百千]?万?元(?![一-鿿]))|\d{1,2}[）、]"
    r"|[①-⑳⑴-⒇❶-❿]|\d{1,2}[.](?!\d)|\d{1,2}[.](?=(?:19|20)\d{2}年|[23]\d{6}[一-鿿]))"
)
THRESHOLD = re.compile(r"(?:（不?含[^（）]{0,4}）|及)?(?:以上|以下|以内|以外|之内|之间|\+)")
BOUND = re.compile(
    r"(?:不超过|不低于|不少于|不高于|不足|超过|至少|高于|低于|大于|小于|多于|少于|[≥≤＞＜><])$"
)
PER = re.compile(r"(?:[/／](?:[一-鿿]{1,4}))+|每(?:人|户|辆|月|年|平方米|件|个)")
# What stands right before a number whose head may have been torn off or misread:
# "1 234.50", "36.079,450.01", "12。5", "O.5". Nothing proves which digits belong to it.
TORN = re.compile(r"\d[ ,，。、·：'’‘`_./／亿万千]$|[.·'’‘`_A-Za-z零〇○]$")
# What stands between a number and its unit where its end was torn off or garbled: 5.万元.
GARBLED = re.compile(r"(?:[.·'’_½¼¾]|[十百千万亿]{1,2}(?=[万亿])|[A-Za-z]{1,2}(?=[万亿]?元))")
# 分别为12、5万元: the unit stands once for all.
SHARED = re.compile(r"(?:(?:、|和|及|与|以及)\d[\d,]*(?:\.\d+)?){1,12}")
EACH = re.compile(r"(?:分别|依次|各)[^，。；]{0,6}$")
DASHES = frozenset("-−–—‒―")
SIGNED_KINDS = ("money", "percent", "points")
CODE_LENGTHS = (5, 6, 7)
AFTER_CODE = ("-", "—", "－", "–")
NAMES_CLASS = re.compile(r"(?:支出|补助|服务|等|传媒|（[一二]）)$")
"""What names of a 类 end with, before its code in brackets: 卫生健康支出（210）."""
DIRECTION_TAIL = re.compile(r"[增减升降幅长少加](?:[（][^（）]{1,4}[）])?(?:了|为|约|率)?$")
# 增长12，/ 占76.23；/ 完成预算的95。: the sign of the rate was left out.
RATE_TAIL = re.compile(
    r"(?:增长|下降|上升|降低|增幅|降幅|增长率|下降率|完成率|执行率|占比|比重"
    r"|占(?![用有地])(?:[^，。；：\ue000]{0,24}的)?(?:比例|比重)?"
    r"|(?:完成|达到?|为|是)[^，。；：\ue000]{0,8}预算数?的)(?:了|为|约|达|是)*$"
)
AMOUNT_TAIL = re.compile(
    r"(?:预算|决算|支出|经费|费用?|收入|拨款|金额|合计|总计|总额)数?(?:均?为|是|共|共计|约)?$"
)
UNIT_BEFORE = re.compile(r"（(亿元|万元|千元|元|%)）：$")
NIL_TAIL = re.compile(r"(?:预算|决算|支出|经费|费用?|收入|拨款|金额)数?(?:均?为|是|共)?$")
MONEYISH = re.compile(r"(?:支出|经费|费|资金|金额|收入|预算|决算|合计|总计|总额|共计|[为加少支])$")


@lru_cache(maxsize=64)
def patterns(units: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = alternation(u for u, _ in units)
    counted = alternation(u for u, kind in units if kind == "count")
    unit = re.compile(
        f"(?:余|多|几)?(?:(?P<unit>{names})|(?P<many>[万亿](?:余|多)元|[万亿](?:余|多)?(?:{counted})))"
        "|（(?P<aside>亿元|万元|千元|元|%|平方米|辆|台|个|人)）"
    )
    return re.compile(TOKEN, re.VERBOSE), unit
