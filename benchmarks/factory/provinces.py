"""The explanation of a final account in the manner of eight provinces (各省说明文字).

The sentences are the factory's own; what they take from the genre is the order of things,
the words for changes and rates, and where the unit, the bracket and the 其中 stand.
``{name}`` in a template is replaced by the pieces of that name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.factory.blocks import Block, Fact, Paragraph
from benchmarks.factory.catalogue import function_name
from benchmarks.factory.keeps import fiscal, general, is_basic, is_operating, is_project
from benchmarks.factory.model import ZERO, Account
from benchmarks.factory.money import percent
from benchmarks.factory.style import Style
from benchmarks.factory.voice import Piece, Voice, heading

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one province writes: sentences with slots, and the words of a change."""

    opening: tuple[str, ...]
    item: str
    three_public: tuple[str, ...]
    other: tuple[str, ...]
    change: str
    rise: tuple[str, str] = ("增加", "增长")
    fall: tuple[str, str] = ("减少", "下降")
    same: str = "与上年持平"


MANNERS: dict[str, Manner] = {
    "guangdong": Manner(
        (
            "# 一、收入支出总体情况",
            "{year}年度本部门总收入{total}，其中本年收入{rev}，{rev_change}。主要原因：年度任务调整。",
            "{year}年度总支出{spent}，{spent_change}。具体为：1.基本支出{basic}，占总支出的{basic_share}；"
            "2.项目支出{project}，占总支出的{project_share}。",
        ),
        "{klass}（类）{section}（款）{item}（项）支出{amount}，主要用于保障履职。",
        (
            "{year}年度“三公”经费财政拨款支出决算为{three}，完成全年预算{three_budget}的{three_rate}。其中：",
            "（一）因公出国（境）费支出{abroad}，占“三公”经费的{abroad_share}。",
            "（二）公务用车购置及运行维护费支出{vehicle}，占“三公”经费的{vehicle_share}。其中：公务用车购置支出"
            "{buy}，公务用车运行维护费支出{run}，年末公务用车保有量{cars}。",
            "（三）公务接待费支出{host}，占“三公”经费的{host_share}。全年国内公务接待{batches}，共{persons}。",
        ),
        ("{year}年度机关运行经费支出{public}。", "截至{year}年12月31日，本部门共有车辆{cars}。"),
        "比上年决算数{verb}{diff}，{rate}{ratio}",
    ),
    "zhejiang": Manner(
        (
            "# 一、收入支出决算总体情况说明",
            "本部门{year}年度收、支总计{total}。与{prior}年度相比，收、支总计各{total_diff}。",
            "# 二、支出决算情况说明",
            "本年支出合计{spent}，其中基本支出{basic}，占{basic_share}；项目支出{project}，占{project_share}。",
        ),
        "{n}.{klass}（类）{section}（款）{item}（项）。年初预算为{budget}，支出决算为{amount}，完成年初预算的"
        "{done}。决算数与预算数存在差异的主要原因是人员变动。",
        (
            "{year}年度“三公”经费一般公共预算财政拨款支出预算为{three_budget}，支出决算为{three}，完成预算的"
            "{three_done}。",
            "其中：因公出国（境）费支出决算{abroad}，占{abroad_share}；公务用车购置及运行维护费支出决算{vehicle}，占"
            "{vehicle_share}；公务接待费支出决算{host}，占{host_share}。",
            "公务接待{batches}，累计{persons}。",
        ),
        ("{year}年度机关运行经费支出{public}。",),
        "{verb}{diff}，{rate}{ratio}",
    ),
    "jiangsu": Manner(
        (
            "# 一、收入支出决算总体情况说明",
            "{year}年度收入、支出决算总计{total}。{total_change}。",
            "（一）收入决算总计{total}。包括：1.本年收入决算合计{rev}。{rev_change}，变动原因：项目安排变化。",
            "（二）支出决算总计{total}。包括：1.本年支出决算合计{spent}。{spent_change}，变动原因：人员变动。",
            "2.年末结转和结余{close}。",
            "# 二、支出决算情况说明",
            "{year}年度本年支出决算合计{spent}，其中：基本支出{basic}，占{basic_share}；项目支出{project}，占"
            "{project_share}；经营支出{operating}，占{operating_share}。",
        ),
        "{n}.{section}（款）{item}（项）。年初预算{budget}，支出决算{amount}，完成年初预算的{done}。",
        (
            "{year}年度“三公”经费支出决算{three}（其中：一般公共预算支出{three}；政府性基金预算支出{none}）。"
            "年初预算{three_budget}，完成年初预算的{three_done}。",
            "1.因公出国（境）费支出预算{abroad_budget}，支出决算{abroad}。全年使用财政拨款涉及的出国（境）团组{zero_groups}，"
            "累计{zero_persons}。",
            "2.公务用车购置及运行维护费支出决算{vehicle}。其中：公务用车购置支出决算{buy}，公务用车运行维护费支出决算{run}，"
            "期末使用财政拨款开支的公务用车保有量{cars}。",
            "3.公务接待费支出决算{host}，其中：国内公务接待支出决算{host}，接待{batches}，{persons}；国（境）外公务接待支出"
            "决算{none}，接待{zero_batches}，{zero_persons}。",
        ),
        ("{year}年度机关运行经费支出决算{public}。",),
        "与上年相比{verb}{diff}，{rate}{ratio}",
        fall=("减少", "减少"),
        same="与上年决算数相同",
    ),
    "henan": Manner(
        (
            "# 一、收入支出决算总体情况说明",
            "{year}年度收、支总计均为{total}。与上年度相比，收、支总计各{total_diff}。主要原因是政策调整。",
            "# 二、收入决算情况说明",
            "{year}年度收入合计{rev}，其中：财政拨款收入{fisc}，占{fisc_share}；上级补助收入{none}，占{none_share}；其他收入"
            "{rest}，占{rest_share}。",
            "# 三、支出决算情况说明",
            "{year}年度支出合计{spent}，其中：基本支出{basic}，占{basic_share}；项目支出{project}，占{project_share}；上缴上级"
            "支出{none}，占{none_share}。",
        ),
        "{n}.{klass}支出（类）{section}（款）{item}（项）。年初预算为{budget}，支出决算为{amount}，完成年初预算的"
        "{done}。",
        (
            "{year}年度“三公”经费财政拨款支出预算为{three_budget}，支出决算为{three}，完成预算的{three_done}。",
            "（一）因公出国（境）费{abroad}；（二）公务用车购置及运行费{vehicle}，其中，公务用车购置费为{buy}，公务用车运行"
            "维护费{run}；（三）公务接待费{host}。{year}年共接待国内来访团组{groups}、来宾{persons}（不包括陪同人员）。",
        ),
        ("{year}年度机关运行经费支出{public}，{public_change}。",),
        "比上年{verb}{diff}，{rate}{ratio}",
    ),
    "hubei": Manner(
        (
            "# 一、收入支出决算总体情况说明",
            "{year}年度收、支总计均为{total}。与{prior}年度相比，收、支总计各{total_diff}，主要原因是任务变化。",
            "# 二、收入决算情况说明",
            "{year}年度收入合计{rev}，{rev_change}。其中：财政拨款收入{fisc}，占本年收入{fisc_share}；其他收入{rest}，占"
            "本年收入{rest_share}。",
            "# 三、支出决算情况说明",
            "{year}年度支出合计{spent}，{spent_change}。其中：基本支出{basic}，占本年支出{basic_share}；项目支出{project}，占"
            "本年支出{project_share}。",
        ),
        "{n}.{klass}（类）{section}（款）{item}（项）。年初预算为{budget}，支出决算为{amount}，完成年初预算的"
        "{done}，支出决算数小于年初预算数的主要原因：厉行节约。",
        (
            "{year}年度“三公”经费财政拨款支出预算为{three_budget}，支出决算为{three}，完成预算的{three_done}。其中：",
            "1.因公出国（境）费支出决算为{abroad}。",
            "2.公务用车购置及运行费支出决算为{vehicle}；其中：公务用车购置费{buy}；公务用车运行费{run}。截止{year}年12月31日，"
            "开支财政拨款的公务用车保有量{cars}。",
            "3.公务接待费支出决算为{host}。{year}年共接待国内来访团组{groups}，{persons}（不包括陪同人员）。",
        ),
        ("本部门{year}年度机关运行经费支出{public}。",),
        "与{prior}年度相比{verb}{diff}，{rate}{ratio}",
        same="与上年度持平",
    ),
    "sichuan": Manner(
        (
            "# 一、收入支出决算总体情况说明",
            "{year}年度收、支总计均为{total}。与{prior}年度相比，收、支总计各{total_diff}。主要变动原因是项目增减。",
            "# 二、支出决算情况说明",
            "{year}年度本年支出合计{spent}，其中：基本支出{basic}，占{basic_share}；项目支出{project}，占{project_share}。",
            "# 三、一般公共预算财政拨款支出决算情况说明",
            "{year}年度一般公共预算财政拨款支出决算数为{gp}，完成预算{gp_done}。其中：",
        ),
        "{n}.{klass}（类）{section}（款）{item}（项）：支出决算为{amount}，完成预算{done}，决算数与预算数的差异主要由"
        "人员变动形成。",
        (
            "{year}年度“三公”经费财政拨款支出决算为{three}，完成预算{three_done}。",
            "因公出国（境）费支出决算{abroad}，占{abroad_share}；公务用车购置及运行维护费支出决算{vehicle}，占{vehicle_share}；"
            "公务接待费支出决算{host}，占{host_share}。",
            "1.公务用车购置及运行维护费支出{vehicle}。其中：公务用车购置支出{buy}。截至{year}年12月31日，单位共有公务用车"
            "{cars}。公务用车运行维护费支出{run}。",
            "2.公务接待费支出{host}。国内公务接待{batches}，{persons}（不包括陪同人员），共计支出{host}。",
        ),
        ("{year}年度，机关运行经费支出{public}。",),
        "{verb}{diff}，{rate}{ratio}",
    ),
    "shaanxi": Manner(
        (
            "# 一、收入支出决算总体情况",
            "{year}年度收入总计、支出总计均为{total}，{total_change}，主要是经费调整。",
            "# 二、收入决算情况",
            "{year}年度收入合计{rev}，其中：财政拨款收入{fisc}，占{fisc_share}；其他收入{rest}，占{rest_share}。",
            "# 三、支出决算情况",
            "{year}年度支出合计{spent}，其中：基本支出{basic}，占{basic_share}；项目支出{project}，占{project_share}。",
        ),
        "{n}.{klass}（类）{section}（款）{item}（项）。\n年初预算为{budget}，支出决算为{amount}，完成年初预算的{done}。",
        (
            "{year}年度“三公”经费财政拨款支出年初预算为{three_budget}，支出决算为{three}，完成年初预算的{three_done}。",
            "1.因公出国（境）支出决算为{abroad}。",
            "2.公务用车运行维护费支出年初预算为{run_budget}，支出决算为{run}，完成年初预算的{run_done}。",
            "3.公务接待费支出年初预算为{host_budget}，支出决算为{host}，完成年初预算的{host_done}。其中：国内公务接待支出"
            "{host}，共接待国内来访团组{groups}，来宾{persons}。",
        ),
        ("{year}年度机关运行经费支出{public}。",),
        "较上年{verb}{diff}，{rate}{ratio}",
        rise=("增加", "增幅"),
        fall=("减少", "降幅"),
    ),
    "yunnan": Manner(
        (
            "# 一、收入决算情况说明",
            "{year}年度收入合计{rev}。其中：财政拨款收入{fisc}，占总收入的{fisc_share}；其他收入{rest}，占总收入的{rest_share}。"
            "{rev_change}，主要原因是上级补助变化。",
            "# 二、支出决算情况说明",
            "{year}年度支出合计{spent}。其中：基本支出{basic}，占总支出的{basic_share}；项目支出{project}，占总支出的"
            "{project_share}。{spent_change}。",
        ),
        "{n}.{klass}（类）支出{klass_amount}，占一般公共预算财政拨款总支出的{klass_share}。主要用于{section}和日常运转。",
        (
            "{year}年度一般公共预算财政拨款“三公”经费支出年初预算为{three_budget}，支出决算为{three}，完成年初预算的"
            "{three_done}。其中：因公出国（境）费支出决算为{abroad}，占总支出决算的{abroad_share}；公务用车运行维护费支出决算为"
            "{run}；公务接待费支出决算为{host}，占总支出决算的{host_share}，具体是国内接待费支出决算{host}（其中：外事接待费支出"
            "决算{none}）。",
            "共安排国内公务接待{batches}（其中：外事接待{zero_batches}），接待人次{persons}（其中：外事接待人次{zero_persons}）。",
        ),
        ("{year}年度机关运行经费支出{public}，{public_change}。",),
        "与上年相比，{verb}{diff}，{rate}{ratio}",
    ),
    "xinjiang": Manner(
        (
            "# 一、收入支出决算总体情况说明",
            "{year}年度收入总计{total}，其中：本年收入合计{rev}，使用非财政拨款结余{none}，年初结转和结余{open}。",
            "{year}年度支出总计{total}，其中：本年支出合计{spent}，结余分配{none}，年末结转和结余{close}。",
            "收入支出总计{total_change}，主要原因是：人员调入。",
            "# 二、支出决算情况说明",
            "本年支出{spent}，其中：基本支出{basic}，占{basic_share}；项目支出{project}，占{project_share}。",
        ),
        "{n}.{klass}（类）{section}（款）{item}（项）：支出决算数为{amount}，{item_change}，主要原因是政策调整。",
        (
            "{year}年度财政拨款“三公”经费支出全年预算{three_budget}，决算{three}，预决算差异率为{gap}，主要原因是从严控制。",
            "其中：因公出国（境）费支出{abroad}，占{abroad_share}；公务用车购置及运行维护费支出{vehicle}，占{vehicle_share}；"
            "公务接待费支出{host}，占{host_share}。",
            "国内公务接待{batches}，{persons}。",
        ),
        ("{year}年度机关运行经费支出{public}。",),
        "与上年相比，{verb}{diff}，{rate}{ratio}",
    ),
}


class _Slots:
    """Makes the pieces of every slot for one account."""

    def __init__(self, account: Account, style: Style, manner: Manner) -> None:
        self.account, self.manner = account, manner
        self.v = Voice(account, style, "final_account")
        spent, revenue = account.sum("final"), account.sum("revenue")
        whole = revenue + account.sum("opening")
        three = account.three_public
        abroad, buy, run, host = three.final
        total = sum(three.final, ZERO)
        budget = sum(three.budget, ZERO)
        gp, gp_budget = account.sum("final", general), account.sum("initial", general)
        public = account.operating_expenses
        before = account.prior_total
        value, share, done = self._value, self._share, self._done
        self.pieces: dict[str, list[Piece]] = {
            "year": [str(account.year)],
            "prior": [str(account.year - 1)],
            "total": value(whole),
            "rev": value(revenue),
            "spent": value(spent),
            "open": value(account.sum("opening")),
            "close": value(account.sum("closing")),
            "basic": value(account.sum("final", is_basic)),
            "basic_share": share(account.sum("final", is_basic), spent),
            "project": value(account.sum("final", is_project)),
            "project_share": share(account.sum("final", is_project), spent),
            "fisc": value(account.sum("revenue", fiscal)),
            "fisc_share": share(account.sum("revenue", fiscal), revenue),
            "rest": value(revenue - account.sum("revenue", fiscal)),
            "rest_share": share(revenue - account.sum("revenue", fiscal), revenue),
            "none": value(ZERO),
            "none_share": share(ZERO, spent),
            "operating": value(account.sum("final", is_operating)),
            "operating_share": share(account.sum("final", is_operating), spent),
            "gp": value(gp),
            "gp_done": done(gp, gp_budget),
            "total_change": self._change(whole, before),
            "total_diff": self._change(whole, before, bare=True),
            "rev_change": self._change(revenue, before),
            "spent_change": self._change(spent, before),
            "public": value(public),
            "public_change": self._change(public, public + 12_300),
            "three": value(total),
            "three_budget": value(budget),
            "three_done": done(total, budget),
            "three_rate": self._ratio(percent(total, budget), "share_ratio", "none"),
            "gap": self._ratio(percent(budget - total, budget), "growth_ratio", "initial_budget"),
            "abroad": value(abroad),
            "abroad_budget": value(three.budget[0]),
            "abroad_share": share(abroad, total),
            "vehicle": value(buy + run),
            "vehicle_share": share(buy + run, total),
            "buy": value(buy),
            "run": value(run),
            "run_budget": value(three.budget[2]),
            "run_done": done(run, three.budget[2]),
            "host": value(host),
            "host_budget": value(three.budget[3]),
            "host_done": done(host, three.budget[3]),
            "host_share": share(host, total),
            "cars": self._count(three.vehicles, "辆"),
            "batches": self._count(three.reception_batches, "批次"),
            "groups": self._count(three.reception_batches, "个"),
            "persons": self._count(three.reception_persons, "人次"),
            "zero_groups": self._count(0, "个"),
            "zero_batches": self._count(0, "批次"),
            "zero_persons": self._count(0, "人次"),
        }

    def _value(self, amount: Decimal) -> list[Piece]:
        return self.v.money("any", amount)

    def _count(self, number: int, unit: str) -> list[Piece]:
        return self.v.count("any", number, unit, "")

    def _ratio(self, text: str, measure: str, comparator: str) -> list[Piece]:
        fact = Fact("prose", "", measure, "final_account", text, "%", None, comparator=comparator)
        return [fact, "%"]

    def _share(self, part: Decimal, whole: Decimal) -> list[Piece]:
        return self._ratio(percent(part, whole), "share_ratio", "whole")

    def _done(self, part: Decimal, whole: Decimal) -> list[Piece]:
        return self._ratio(percent(part, whole), "share_ratio", "initial_budget")

    def _change(self, now: Decimal, before: Decimal, bare: bool = False) -> list[Piece]:
        """Return a change against the year before; ``bare`` leaves out what it is against."""
        diff = self.v.printed(now) - self.v.printed(before)
        if diff == 0:
            return [self.manner.same]
        verb, rate = self.manner.rise if diff > 0 else self.manner.fall
        pieces: dict[str, list[Piece]] = {
            "verb": [verb],
            "rate": [rate],
            "prior": [str(self.account.year - 1)],
            "diff": self.v.money("any", abs(diff), measure="change", comparator="prior_year"),
            "ratio": self._ratio(
                percent(abs(diff), self.v.printed(before)), "growth_ratio", "prior_year"
            ),
        }
        template = "{verb}{diff}，{rate}{ratio}" if bare else self.manner.change
        return fill(template, pieces)

    def of_item(self, number: int, code: str) -> dict[str, list[Piece]]:
        """Return the slots of the sentence on one 项."""
        account, year = self.account, self.account.year

        def amount(field: str, prefix: str) -> Decimal:
            return account.sum(field, lambda x: general(x) and x.function.startswith(prefix))

        final, initial = amount("final", code), amount("initial", code)
        klass = amount("final", code[:3])
        return self.pieces | {
            "n": [str(number)],
            "klass": [function_name(code[:3], year)],
            "section": [function_name(code[:5], year)],
            "item": [function_name(code, year)],
            "amount": self._value(final),
            "budget": self._value(initial),
            "done": self._done(final, initial),
            "item_change": self._change(final, initial),
            "klass_amount": self._value(klass),
            "klass_share": self._share(klass, account.sum("final", general)),
        }


def fill(template: str, pieces: dict[str, list[Piece]]) -> list[Piece]:
    """Replace the slots of a template."""
    out: list[Piece] = []
    for index, part in enumerate(_SLOT.split(template)):
        if index % 2:
            out += pieces[part]
        elif part:
            out.append(part)
    return out


def explanation(account: Account, style: Style, province: str) -> list[Block]:
    """Return the explanation of a final account in the manner of ``province``."""
    manner = MANNERS[province]
    slots = _Slots(account, style, manner)
    blocks: list[Block] = []

    def say(template: str, pieces: dict[str, list[Piece]]) -> None:
        if template.startswith("# "):
            blocks.append(heading(template[2:]))
            return
        for line in template.split("\n"):
            blocks.append(Paragraph(tuple(fill(line, pieces))))

    for template in manner.opening:
        say(template, slots.pieces)
    if not manner.opening[-1].endswith("其中："):
        blocks.append(heading("四、一般公共预算财政拨款支出决算具体情况"))
    codes = sorted({leaf.function for leaf in account.leaves if general(leaf)})
    for number, code in enumerate(codes, 1):
        say(manner.item, slots.of_item(number, code))
    blocks.append(heading("五、财政拨款“三公”经费支出决算情况说明"))
    for template in manner.three_public:
        say(template, slots.pieces)
    blocks.append(heading("六、机关运行经费支出说明"))
    for template in manner.other:
        say(template, slots.pieces)
    return blocks
