"""The text of a disclosure (说明文字): sentences with their figures, in four voices.

The wording is the factory's own; what is the genre's are the topics and their order.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from benchmarks.factory.blocks import Block, Paragraph
from benchmarks.factory.catalogue import function_name
from benchmarks.factory.keeps import fiscal, general, is_basic, is_project
from benchmarks.factory.model import PERSON, PHONE, Account, Keep
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import chinese
from benchmarks.factory.voice import Piece, Voice, heading, sentence


def opening(account: Account, style: Style, kind: str) -> list[Block]:
    """Return the part on duties, organisation and staff."""
    office = account.office
    voice = Voice(account, style, kind)
    word = "决算" if kind == "final_account" else "预算"
    part = "第一部分" if style.prose_template != "south" else "一、"
    people = "编制人数" if style.prose_template == "south" else "核定编制"
    return [
        heading(f"{part}  部门概况"),
        heading("一、部门职责"),
        sentence(
            f"{office.name}承担本辖区相关行业的政策落实、日常管理和公共服务工作，"
            f"按规定编制并公开部门{word}。"
        ),
        heading("二、机构与人员"),
        sentence(
            f"纳入{account.year}年度部门{word}编报范围的单位以{office.name}为主体。{people}",
            voice.count("staff", account.staff_quota, "人", "编制"),
            "，年末实有人数",
            voice.count("staff", account.staff_actual, "人", "实有"),
            "。",
        ),
        *_organisation(account),
    ]


def _organisation(account: Account) -> list[Block]:
    """Return the lines that say to whom a unit belongs, or which units a department has."""
    blocks: list[Block] = []
    if account.office.parent:
        name = account.office.name
        blocks.append(sentence(f"{name}隶属于{account.office.parent}，为其所属事业单位。"))
    if account.units:
        blocks.append(sentence("纳入本部门决算编制范围的二级预算单位包括："))
        blocks += [sentence(f"{i}．{name}") for i, name in enumerate(account.units, 1)]
    return blocks


def totals(account: Account, style: Style) -> list[Block]:
    """Return the explanation of revenue and expenditure of a final account."""
    v = Voice(account, style, "final_account")
    year = account.year
    spent, revenue = account.sum("final"), account.sum("revenue")
    whole = revenue + account.sum("opening")
    basic, project = account.sum("final", is_basic), account.sum("final", is_project)
    appropriation = account.sum("revenue", fiscal)
    other = revenue - appropriation
    before = account.prior_total
    lead = {
        "north": f"{year}年度收、支总计",
        "east": f"{year}年度收入总计、支出总计均为",
        "west": f"{year}年度收入、支出总计各",
        "south": f"本部门{year}年度收入支出总计",
    }[style.prose_template]
    against = "上年" if style.prose_template != "west" else f"{year - 1}年度"
    basic_share = [
        *v.money("basic_expenditure", basic, "基本支出"),
        "，占",
        *v.ratio("basic_expenditure", basic, spent, "基本支出"),
    ]
    project_share = [
        *v.money("project_expenditure", project, "项目支出"),
        "，占",
        *v.ratio("project_expenditure", project, spent, "项目支出"),
    ]
    return [
        heading("一、收入支出决算总体情况"),
        sentence(lead, v.money("revenue_expenditure_total", whole, "收支总计"), "。"),
        heading("二、收入决算情况"),
        sentence(
            f"{year}年度本年收入合计",
            v.money("revenue_current_total", revenue, "本年收入合计"),
            "，其中：财政拨款收入",
            v.money("revenue_item", appropriation, "财政拨款收入"),
            "，占",
            v.ratio("revenue_item", appropriation, revenue, "财政拨款收入"),
            "；其他收入",
            v.money("revenue_item", other, "其他收入"),
            "，占",
            v.ratio("revenue_item", other, revenue, "其他收入"),
            "。",
        ),
        heading("三、支出决算情况"),
        sentence(
            f"{year}年度本年支出合计",
            v.money("expenditure_current_total", spent, "本年支出合计"),
            "，",
            v.change("expenditure_current_total", spent, before, against, label="本年支出合计"),
            "，其中：基本支出",
            basic_share,
            "；项目支出",
            project_share,
            "。变动的主要原因是年度重点工作安排有所调整。",
        ),
    ]


def _within(code: str) -> Keep:
    """Return the test whether a leaf of the general public budget lies under ``code``."""
    return lambda leaf: general(leaf) and leaf.function.startswith(code)


def _against_budget(v: Voice, subject: str, code: str, start: str = "") -> Paragraph:
    """Return the sentence of one 类 or 款: its outcome against the initial budget."""
    account, year = v.account, v.account.year
    final = account.sum("final", _within(code))
    initial = account.sum("initial", _within(code))
    name = function_name(code, year)
    mark = "类" if len(code) == 3 else "款"
    against = f"{year}年年初预算"
    return sentence(
        f"{start}“{name}”（{mark}）{year}年度决算",
        v.money(subject, final, name, code),
        "，",
        v.change(subject, final, initial, against, "initial_budget", name, code),
        "。",
    )


def by_function(account: Account, style: Style) -> list[Block]:
    """Return 一般公共预算财政拨款支出 by 类 and 款 against the initial budget."""
    v = Voice(account, style, "final_account")
    year = account.year
    spent = account.sum("final", general)
    classes = sorted({leaf.function[:3] for leaf in account.leaves if general(leaf)})
    pieces: list[Piece] = [
        f"{year}年度一般公共预算财政拨款支出",
        *v.money("general_public_budget_expenditure", spent, "一般公共预算财政拨款支出"),
        "，主要用于以下方面：",
    ]
    for index, code in enumerate(classes):
        name = function_name(code, year)
        amount = account.sum("final", _within(code))
        pieces += [
            f"{name}（类）" if style.prose_template == "west" else name,
            *v.money("function_class", amount, name, code),
            "，占",
            *v.ratio("function_class", amount, spent, name, code=code),
            "；" if index < len(classes) - 1 else "。",
        ]
    blocks: list[Block] = [heading("四、一般公共预算财政拨款支出决算情况"), sentence(pieces)]
    for number, code in enumerate(classes, 1):
        blocks.append(_against_budget(v, "function_class", code, f"{number}．"))
        sections = {leaf.function[:5] for leaf in account.leaves if _within(code)(leaf)}
        blocks += [_against_budget(v, "function_section", each) for each in sorted(sections)]
    return blocks


def by_item(account: Account, style: Style, kind: str) -> list[Block]:
    """Return one sentence per 项, as many provinces write them."""
    v = Voice(account, style, kind)
    year = account.year
    blocks: list[Block] = [heading("财政拨款支出主要内容")]
    items = sorted({leaf.function for leaf in account.leaves if general(leaf)})
    for number, code in enumerate(items, 1):
        keep = lambda leaf, c=code: general(leaf) and leaf.function == c  # noqa: E731
        amount = account.sum(v.field, keep)
        klass, section, item = (function_name(code[:n], year) for n in (3, 5, 7))
        value = v.money("function_item", amount, item, code)
        if style.prose_template == "east":
            words: list[Piece] = [
                f"{number}．“{klass}（类）{section}（款）{item}（项）”",
                *value,
                "，用于保障相应职能履行。",
            ]
        elif style.prose_template == "west":
            words = [
                f"{number}．{klass}（类）{section}（款）{item}（项）：支出"
                f"{'决算为' if v.final else '预算为'}",
                *value,
            ]
            if v.final:
                initial = account.sum("initial", keep)
                words += [
                    "，完成预算",
                    *v.ratio("function_item", amount, initial, item, "initial_budget", code),
                ]
            words.append("。")
        else:
            words = [
                f"{number}．{klass}（{code[:3]}类）{section}（{code[3:5]}款）{item}"
                f"（{code[5:]}项）",
                *value,
                "。",
            ]
        blocks.append(sentence(words))
    return blocks


def budget_totals(account: Account, style: Style) -> list[Block]:
    """Return the explanation of a budget."""
    v = Voice(account, style, "budget")
    year = account.year
    total = account.sum("initial")
    basic = account.sum("initial", is_basic)
    project = total - basic
    before = (account.prior_total * Decimal("0.97")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    lead = {
        "north": f"{year}年收入预算",
        "east": f"{year}年，本部门收入预算",
        "west": f"{year}年部门收支预算总额",
        "south": f"{year}年本部门预算收入合计",
    }[style.prose_template]
    both = style.prose_template == "west"
    subject = "revenue_expenditure_total" if both else "revenue_total"
    return [
        heading(f"{chinese(2)}、{year}年部门预算收支说明"),
        sentence(
            lead,
            v.money(subject, total, "收入预算"),
            "，",
            v.change(subject, total, before, f"{year - 1}年", label="收入预算"),
            "。主要原因是项目安排变化。",
        ),
        sentence(
            f"{year}年支出预算",
            v.money("expenditure_total", total, "支出预算"),
            "，其中：基本支出预算",
            v.money("basic_expenditure", basic, "基本支出"),
            "，占",
            v.ratio("basic_expenditure", basic, total, "基本支出"),
            "；项目支出预算",
            v.money("project_expenditure", project, "项目支出"),
            "，占",
            v.ratio("project_expenditure", project, total, "项目支出"),
            "。",
        ),
    ]


def glossary() -> list[Block]:
    """Return the explanation of terms, which holds no figures of the office."""
    return [
        heading("名词解释"),
        sentence("基本支出：单位维持正常运转、完成日常任务所需的人员和公用开支。"),
        sentence("项目支出：在基本支出以外，为特定任务或发展目标安排的开支。"),
        sentence(f"联系人：{PERSON}，联系电话：{PHONE}。"),
        sentence("机关运行经费：行政单位和参照公务员法管理单位用于日常运转的公用开支。"),
    ]
