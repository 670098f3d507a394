"""Turns of phrase in which final accounts differ (句式): figures in a row, moves, pairs, nests.

Each sentence states figures that other parts of the document state plainly, in a structure
that is easily misread: whose figure it is, what it compares with, of which year it is. The
wording is the factory's own.
"""

from __future__ import annotations

from decimal import Decimal

from benchmarks.factory.blocks import Block
from benchmarks.factory.catalogue import function_name
from benchmarks.factory.keeps import fiscal, general, is_basic, is_project, of_fund
from benchmarks.factory.model import ZERO, Account
from benchmarks.factory.style import Style
from benchmarks.factory.voice import Piece, Voice, heading, sentence


def turns(account: Account, style: Style) -> list[Block]:
    """Return the further explanation of a final account, one structure a sentence."""
    voice = Voice(account, style, "final_account")
    return [
        heading("七、收支变动情况"),
        _moved(voice),
        _in_a_row(voice),
        _none_of_several(voice),
        heading("八、财政拨款收支对比情况"),
        _pairs(voice),
        *_with_codes(voice),
        heading("九、“三公”经费补充说明"),
        *_three_public(voice),
        heading("十、政府采购补充说明"),
        _procurement(voice),
    ]


def _moved(v: Voice) -> Block:
    """支出由上年的甲增加到乙, and what that is of the budget."""
    year, subject = v.account.year, "expenditure_current_total"
    spent, before = v.account.sum("final"), v.account.prior_total
    budget = v.account.sum("initial")
    up = v.printed(spent) >= v.printed(before)
    return sentence(
        f"本年支出合计由{year - 1}年度的",
        v.money(subject, before, "本年支出合计", stage="prior_year_final"),
        f"{'增加' if up else '减少'}到{year}年度的",
        v.money(subject, spent, "本年支出合计"),
        "，为年初预算",
        v.money(subject, budget, "本年支出合计", stage="initial_budget"),
        "的",
        v.ratio(subject, spent, budget, "本年支出合计", "initial_budget"),
        "。",
    )


def _in_a_row(v: Voice) -> Block:
    """Two names, two amounts and two shares."""
    spent = v.account.sum("final")
    basic = v.account.sum("final", is_basic)
    project = v.account.sum("final", is_project)
    return sentence(
        "基本支出和项目支出分别为",
        v.money("basic_expenditure", basic, "基本支出"),
        "、",
        v.money("project_expenditure", project, "项目支出"),
        "，分别占本年支出合计的",
        v.ratio("basic_expenditure", basic, spent, "基本支出"),
        "和",
        v.ratio("project_expenditure", project, spent, "项目支出"),
        "。",
    )


def _none_of_several(v: Voice) -> Block:
    """One figure for three things that did not occur."""
    return sentence(
        "上缴上级支出、对附属单位补助支出共",
        v.money("other", ZERO, "上缴上级支出、对附属单位补助支出"),
        "。",
    )


def _pairs(v: Voice) -> Block:
    """Income and expenditure of each fund, the second one unnamed."""
    pieces: list[Piece] = [
        "财政拨款本年收入",
        *v.money("revenue_item", v.account.sum("revenue", fiscal), "财政拨款收入"),
        "；本年支出",
        *v.money("fiscal_appropriation_total", v.account.sum("final", fiscal), "财政拨款支出"),
        "。其中，",
    ]
    funds = (("一般公共预算", "general_public_budget"), ("政府性基金预算", "government_fund"))
    for index, (name, fund) in enumerate(funds):
        pieces += [
            f"{name}财政拨款本年收入",
            *v.money("revenue_item", v.account.sum("revenue", of_fund(fund)), name),
            "；本年支出",
            *v.money(f"{fund}_expenditure", v.account.sum("final", of_fund(fund)), name),
            "。" if index else "；",
        ]
    return sentence(pieces)


def _with_codes(v: Voice) -> list[Block]:
    """The first items of the functional classification, the code joined by a dash."""
    codes = sorted({leaf.function for leaf in v.account.leaves if general(leaf)})[:2]
    return [_with_code(v, code) for code in codes]


def _with_code(v: Voice, code: str) -> Block:
    name = function_name(code, v.account.year)
    amount = v.account.sum("final", lambda leaf: general(leaf) and leaf.function == code)
    return sentence(f"{code}-{name}", v.money("function_item", amount, name, code), "。")


def _three_public(v: Voice) -> list[Block]:
    """Vehicles with a bracket, foreign guests before the others, a gap to the budget."""
    three, subject = v.account.three_public, "three_public"
    _, buy, run, host = three.final
    planned = three.budget[3]
    printed = [v.printed(amount) for amount in (buy, run)]
    gap = v.printed(planned) - v.printed(host)
    blocks: list[Block] = [
        sentence(
            "公务用车购置费及运行维护费决算",
            v.money(subject, sum(printed, ZERO), "公务用车购置及运行维护费"),
            "（其中：购置费",
            v.money(subject, buy, "公务用车购置费"),
            "，运行维护费",
            v.money(subject, run, "公务用车运行维护费"),
            "），当年购置",
            v.count(subject, 0, "辆", "公务用车购置费"),
            "。",
        ),
        sentence(
            "外宾接待",
            v.count(subject, 0, "批次", "外宾接待"),
            "、",
            v.count(subject, 0, "人次", "外宾接待"),
            "；国内公务接待",
            v.count(subject, three.reception_batches, "批次", "公务接待费"),
            "，",
            v.count(subject, three.reception_persons, "人次", "公务接待费"),
            "。",
        ),
    ]
    if gap:
        word = "小于" if gap > 0 else "大于"
        blocks.append(
            sentence(
                "公务接待费年初预算",
                v.money(subject, planned, "公务接待费", stage="initial_budget"),
                "，支出决算",
                v.money(subject, host, "公务接待费"),
                f"，决算数{word}年初预算数",
                v.money(
                    subject, abs(gap), "公务接待费", measure="change", comparator="initial_budget"
                ),
                "。",
            )
        )
    return blocks


def _procurement(v: Voice) -> Block:
    """Parts before their sum, and shares of the parts."""
    subject = "procurement"
    printed = [v.printed(amount) for amount in v.account.procurement]
    total = sum(printed, ZERO)
    small = _half(printed[0]) + printed[2]
    pieces: list[Piece] = ["政府采购支出："]
    for name, amount in zip(("货物", "工程", "服务"), printed, strict=True):
        pieces += [name, *v.money(subject, amount, name), "，"]
    pieces += [
        "合计",
        *v.money(subject, total, "政府采购"),
        "，其中授予中小企业合同",
        *v.money(subject, small, "授予中小企业"),
    ]
    if total:
        pieces += ["，占", *v.ratio(subject, v.printed(small), total, "授予中小企业")]
    return sentence(pieces, "。")


def _half(amount: Decimal) -> Decimal:
    """Return about half of an amount, as many digits as it has."""
    return (amount / 2).quantize(amount) if amount else ZERO
