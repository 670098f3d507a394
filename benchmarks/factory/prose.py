"""The text of a disclosure (说明文字): sentences with their figures, in four voices.

The wording is the factory's own; what is the genre's are the topics and their order.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from benchmarks.factory.blocks import Block, Fact, Paragraph
from benchmarks.factory.catalogue import function_name
from benchmarks.factory.final_tables import fiscal, general, is_basic, is_project
from benchmarks.factory.model import ZERO, Account, Keep, everything
from benchmarks.factory.money import percent
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import chinese

Piece = str | Fact


class Voice:
    """Writes sentences in one document's number style and collects their figures."""

    def __init__(self, account: Account, style: Style, kind: str) -> None:
        self.account = account
        self.numbers = style.prose
        self.template = style.prose_template
        self.final = kind == "final_account"
        self.stage = "final_account" if self.final else "initial_budget"
        self.field = "final" if self.final else "initial"

    def money(self, subject: str, amount: Decimal, label: str = "", code: str | None = None,
              measure: str = "value", stage: str | None = None, comparator: str = "none"
              ) -> list[Piece]:
        """Return an amount with its unit."""
        text = self.numbers.digits(amount)
        fact = Fact("prose", label, measure, stage or self.stage, text, self.numbers.unit,
                    self.numbers.yuan(text), code=code, subject=subject, comparator=comparator)
        return [fact, self.numbers.unit]

    def ratio(self, subject: str, part: Decimal, whole: Decimal, label: str = "",
              comparator: str = "whole", code: str | None = None) -> list[Piece]:
        """Return a percentage of a whole, or of the budget that was executed."""
        text = percent(part, whole)
        fact = Fact("prose", label, "share_ratio", self.stage, text, "%", None, code=code,
                    subject=subject, comparator=comparator)
        return [fact, "%"]

    def count(self, subject: str, number: int, unit: str, label: str) -> list[Piece]:
        """Return a count with its unit."""
        return [Fact("prose", label, "count", self.stage, str(number), unit, None,
                     subject=subject), unit]

    def printed(self, amount: Decimal) -> Decimal:
        """Return the amount as it will be read from this document."""
        return self.numbers.yuan(self.numbers.digits(amount))

    def change(self, subject: str, now: Decimal, before: Decimal, against: str,
               comparator: str = "prior_year", label: str = "", code: str | None = None
               ) -> list[Piece]:
        """Return the change against a comparator, with rate."""
        diff = self.printed(now) - self.printed(before)
        if diff == 0:
            return [f"与{against}持平"]
        up = diff > 0
        verb, rate = ("增加", "增长") if up else ("减少", "下降")
        if self.template == "east":
            rate = "增长" if up else "降低"
        text = percent(abs(diff), self.printed(before))
        fact = Fact("prose", label, "growth_ratio", self.stage, text, "%", None, code=code,
                    subject=subject, comparator=comparator)
        return [f"比{against}{verb}",
                *self.money(subject, abs(diff), label, code, "change", comparator=comparator),
                f"，{rate}", fact, "%"]


def _sum(account: Account, field: str, keep: Keep = everything) -> Decimal:
    return account.sum(field, keep)


def _p(*pieces: Piece | list[Piece]) -> Paragraph:
    flat: list[Piece] = []
    for piece in pieces:
        flat.extend(piece if isinstance(piece, list) else [piece])
    return Paragraph(tuple(flat))


def _h(text: str) -> Paragraph:
    return Paragraph((text,), "heading")


def opening(account: Account, style: Style, kind: str) -> list[Block]:
    """Return the part on duties, organisation and staff."""
    office = account.office
    voice = Voice(account, style, kind)
    word = "决算" if kind == "final_account" else "预算"
    part = "第一部分" if style.prose_template != "south" else "一、"
    people = "编制人数" if style.prose_template == "south" else "核定编制"
    return [
        _h(f"{part}  部门概况"),
        _h("一、部门职责"),
        _p(f"{office.name}承担本辖区相关行业的政策落实、日常管理和公共服务工作，"
           f"按规定编制并公开部门{word}。"),
        _h("二、机构与人员"),
        _p(f"纳入{account.year}年度部门{word}编报范围的单位以{office.name}为主体。{people}",
           voice.count("staff", account.staff_quota, "人", "编制"), "，年末实有人数",
           voice.count("staff", account.staff_actual, "人", "实有"), "。"),
    ]


def totals(account: Account, style: Style) -> list[Block]:
    """Return the explanation of revenue and expenditure of a final account."""
    v = Voice(account, style, "final_account")
    year = account.year
    spent, revenue = _sum(account, "final"), _sum(account, "revenue")
    whole = revenue + _sum(account, "opening")
    basic, project = _sum(account, "final", is_basic), _sum(account, "final", is_project)
    appropriation = _sum(account, "revenue", fiscal)
    other = revenue - appropriation
    before = account.prior_total
    lead = {"north": f"{year}年度收、支总计", "east": f"{year}年度收入总计、支出总计均为",
            "west": f"{year}年度收入、支出总计各", "south": f"本部门{year}年度收入支出总计"
            }[style.prose_template]
    against = "上年" if style.prose_template != "west" else f"{year - 1}年度"
    basic_share = [*v.money("basic_expenditure", basic, "基本支出"), "，占",
                   *v.ratio("basic_expenditure", basic, spent, "基本支出")]
    project_share = [*v.money("project_expenditure", project, "项目支出"), "，占",
                     *v.ratio("project_expenditure", project, spent, "项目支出")]
    return [
        _h("一、收入支出决算总体情况"),
        _p(lead, v.money("revenue_expenditure_total", whole, "收支总计"), "。"),
        _h("二、收入决算情况"),
        _p(f"{year}年度本年收入合计",
           v.money("revenue_current_total", revenue, "本年收入合计"), "，其中：财政拨款收入",
           v.money("revenue_item", appropriation, "财政拨款收入"), "，占",
           v.ratio("revenue_item", appropriation, revenue, "财政拨款收入"), "；其他收入",
           v.money("revenue_item", other, "其他收入"), "，占",
           v.ratio("revenue_item", other, revenue, "其他收入"), "。"),
        _h("三、支出决算情况"),
        _p(f"{year}年度本年支出合计",
           v.money("expenditure_current_total", spent, "本年支出合计"), "，",
           v.change("expenditure_current_total", spent, before, against, label="本年支出合计"),
           "，其中：基本支出", basic_share, "；项目支出", project_share,
           "。变动的主要原因是年度重点工作安排有所调整。"),
    ]


def by_function(account: Account, style: Style) -> list[Block]:
    """Return 一般公共预算财政拨款支出 by 类 and 款 against the initial budget."""
    v = Voice(account, style, "final_account")
    year = account.year
    spent = _sum(account, "final", general)
    classes = sorted({leaf.function[:3] for leaf in account.leaves if general(leaf)})
    pieces: list[Piece] = [f"{year}年度一般公共预算财政拨款支出",
                           *v.money("general_public_budget_expenditure", spent,
                                    "一般公共预算财政拨款支出"), "，主要用于以下方面："]
    for index, code in enumerate(classes):
        name = function_name(code, year)
        amount = _sum(account, "final", lambda leaf, c=code: general(leaf)
                      and leaf.function.startswith(c))
        pieces += [f"{name}（类）" if style.prose_template == "west" else name,
                   *v.money("function_class", amount, name, code), "，占",
                   *v.ratio("function_class", amount, spent, name, code=code),
                   "；" if index < len(classes) - 1 else "。"]
    blocks: list[Block] = [_h("四、一般公共预算财政拨款支出决算情况"), _p(pieces)]
    for number, code in enumerate(classes, 1):
        for depth, size in (("function_class", 3), ("function_section", 5)):
            if depth == "function_class":
                codes = [code]
            else:
                codes = sorted({leaf.function[:size] for leaf in account.leaves if general(leaf)
                                and leaf.function.startswith(code)})
            for each in codes:
                keep = lambda leaf, c=each: general(leaf) and leaf.function.startswith(c)  # noqa: E731
                final, initial = _sum(account, "final", keep), _sum(account, "initial", keep)
                name = function_name(each, year)
                mark = "类" if depth == "function_class" else "款"
                start = f"{number}．" if depth == "function_class" else ""
                blocks.append(_p(
                    f"{start}“{name}”（{mark}）{year}年度决算",
                    v.money(depth, final, name, each), "，",
                    v.change(depth, final, initial, f"{year}年年初预算", "initial_budget", name,
                             each), "。"))
    return blocks


def by_item(account: Account, style: Style, kind: str) -> list[Block]:
    """Return one sentence per 项, as many provinces write them."""
    v = Voice(account, style, kind)
    year = account.year
    blocks: list[Block] = [_h("财政拨款支出主要内容")]
    items = sorted({leaf.function for leaf in account.leaves if general(leaf)})
    for number, code in enumerate(items, 1):
        keep = lambda leaf, c=code: general(leaf) and leaf.function == c  # noqa: E731
        amount = _sum(account, v.field, keep)
        klass, section, item = (function_name(code[:n], year) for n in (3, 5, 7))
        value = v.money("function_item", amount, item, code)
        if style.prose_template == "east":
            words: list[Piece] = [f"{number}．“{klass}（类）{section}（款）{item}（项）”", *value,
                                  "，用于保障相应职能履行。"]
        elif style.prose_template == "west":
            words = [f"{number}．{klass}（类）{section}（款）{item}（项）：支出"
                     f"{'决算为' if v.final else '预算为'}", *value]
            if v.final:
                initial = _sum(account, "initial", keep)
                words += ["，完成预算",
                          *v.ratio("function_item", amount, initial, item, "initial_budget",
                                  code)]
            words.append("。")
        else:
            words = [f"{number}．{klass}（{code[:3]}类）{section}（{code[3:5]}款）{item}"
                     f"（{code[5:]}项）", *value, "。"]
        blocks.append(_p(words))
    return blocks


def three_public(account: Account, style: Style, kind: str) -> list[Block]:
    """Return the paragraphs on “三公”经费."""
    v = Voice(account, style, kind)
    year, three = account.year, account.three_public
    values = three.final if v.final else three.budget
    abroad, buy, run, host = values
    word = "决算" if v.final else "预算"
    blocks: list[Block] = [_h(f"“三公”经费财政拨款{word}情况")]
    pieces: list[Piece] = [f"{year}年“三公”经费财政拨款{word}",
                           *v.money("three_public", sum(values, ZERO), "“三公”经费")]
    if v.final:
        total = sum(three.budget, ZERO)
        pieces += ["，", *v.change("three_public", sum(values, ZERO), total,
                                   f"{year}年年初预算", "initial_budget", "“三公”经费")]
    blocks.append(_p(pieces, "。其中："))
    lines = (("因公出国（境）费", abroad), ("公务接待费", host),
             ("公务用车购置费", buy), ("公务用车运行维护费", run))
    for number, (name, amount) in enumerate(lines, 1):
        words: list[Piece] = [f"{number}．{name}{word}", *v.money("three_public", amount, name)]
        if v.final and name == "公务接待费":
            words += ["，共接待", *v.count("three_public", three.reception_batches, "批次", name),
                      "、", *v.count("three_public", three.reception_persons, "人次", name)]
        if name == "公务用车运行维护费":
            words += ["，公务用车保有量", *v.count("three_public", three.vehicles, "辆", name)]
        blocks.append(_p(words, "。"))
    return blocks


def other_matters(account: Account, style: Style, kind: str) -> list[Block]:
    """Return operating expenses, procurement and assets."""
    v = Voice(account, style, kind)
    year = account.year
    goods, works, services = account.procurement
    total = goods + works + services
    blocks: list[Block] = [_h("其他重要事项")]
    running = _sum(account, v.field, lambda leaf: leaf.staff_split == "public")
    if account.office.level != "unit":
        blocks += [_h("（一）机关运行经费"),
                   _p(f"{year}年机关运行经费{'支出' if v.final else '预算'}",
                      v.money("operating_expenses", running, "机关运行经费"), "。")]
    printed = [v.printed(x) for x in (goods, works, services)]
    blocks += [
        _h("（二）政府采购"),
        _p(f"{year}年政府采购{'支出总额' if v.final else '预算'}",
           v.money("procurement", sum(printed, ZERO), "政府采购"), "，其中：货物",
           v.money("procurement", goods, "货物"), "、工程",
           v.money("procurement", works, "工程"), "、服务",
           v.money("procurement", services, "服务"), "。"),
        _h("（三）国有资产占有使用"),
        _p(f"截至{year if v.final else year - 1}年12月31日，本部门共有车辆",
           v.count("state_assets", account.three_public.vehicles, "辆", "车辆"),
           "，单位价值100万元以上的专用设备",
           v.count("state_assets", 0, "台（套）", "专用设备"), "。"),
    ]
    if total == 0:
        return blocks[:-2]
    return blocks


def budget_totals(account: Account, style: Style) -> list[Block]:
    """Return the explanation of a budget."""
    v = Voice(account, style, "budget")
    year = account.year
    total = _sum(account, "initial")
    basic = _sum(account, "initial", is_basic)
    project = total - basic
    before = (account.prior_total * Decimal("0.97")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    lead = {"north": f"{year}年收入预算", "east": f"{year}年，本部门收入预算",
            "west": f"{year}年部门收支预算总额", "south": f"{year}年本部门预算收入合计"
            }[style.prose_template]
    return [
        _h(f"{chinese(2)}、{year}年部门预算收支说明"),
        _p(lead, v.money("revenue_total", total, "收入预算"), "，",
           v.change("revenue_total", total, before, f"{year - 1}年", label="收入预算"),
           "。主要原因是项目安排变化。"),
        _p(f"{year}年支出预算", v.money("expenditure_total", total, "支出预算"),
           "，其中：基本支出预算",
           v.money("basic_expenditure", basic, "基本支出"), "，占",
           v.ratio("basic_expenditure", basic, total, "基本支出"), "；项目支出预算",
           v.money("project_expenditure", project, "项目支出"), "，占",
           v.ratio("project_expenditure", project, total, "项目支出"), "。"),
    ]


def glossary() -> list[Block]:
    """Return the explanation of terms, which holds no figures of the office."""
    return [
        _h("名词解释"),
        _p("基本支出：单位维持正常运转、完成日常任务所需的人员和公用开支。"),
        _p("项目支出：在基本支出以外，为特定任务或发展目标安排的开支。"),
        _p("机关运行经费：行政单位和参照公务员法管理单位用于日常运转的公用开支。"),
    ]
