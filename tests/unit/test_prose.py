"""The prose grammar on sentences of the genre, in wordings of several provinces."""

# ruff: noqa: E501 -- the tables of expected figures are one row per line

from __future__ import annotations

import sys
from dataclasses import dataclass, fields

import pytest

from extract.datasets import DocumentRow, NarrativeFigureRow
from extract.document import Document, Paragraph, Place, Span
from extract.recognise.prose import Prose, recognise_prose
from extract.recognise.prose.scope import is_definition, is_indicator_prose
from extract.sources import SourceLedger


@dataclass(frozen=True)
class Resolved:
    """A profile with nothing but its row."""

    row: DocumentRow


def profile(kind: str | None, year: int | None) -> Resolved:
    values: dict[str, object] = {f.name: None for f in fields(DocumentRow)}
    values |= {"document_key": "k", "file_name": "f.txt", "media_type": "text/plain"}
    values |= {"extraction_method": "text", "document_kind": kind, "fiscal_year": year}
    return Resolved(DocumentRow(**values))  # type: ignore[arg-type]


def document(*paragraphs: str) -> Document:
    blocks = []
    for number, text in enumerate(paragraphs, 1):
        place = Place(line_start=number, line_end=number)
        blocks.append(Paragraph(text, place, (Span(0, len(text), place),)))
    return Document("k", "f.txt", "text/plain", "text", tuple(blocks))


def read(*paragraphs: str, kind: str | None = "final_account", year: int | None = 2022) -> Prose:
    return recognise_prose(document(*paragraphs), profile(kind, year), SourceLedger("k"))


def line(row: NarrativeFigureRow) -> str:
    shown = (row.subject, row.item_name, row.measure, row.amount_stage, row.comparator)
    return " ".join(str(v) for v in (*shown, row.direction, row.number_text, row.published_unit))


@dataclass(frozen=True)
class Case:
    """Paragraphs and the figures they state: subject, item, measure, stage, comparator,
    direction, number, unit."""

    kind: str
    year: int
    paragraphs: tuple[str, ...]
    figures: str


# fmt: off
CASES = (
    Case(
        "final_account", 2022,
        (
            "一、收入支出决算总体情况说明",
            "2022年度收入总计1,234.56万元，支出总计1,234.56万元。与2021年"
            "度相比，收、支总计各增加34.56万元，增长2.88%，主要是人员经费增加。",
        ),
        """
        revenue_total 收入总计 value final_account none none 1234.56 万元
        expenditure_total 支出总计 value final_account none none 1234.56 万元
        revenue_expenditure_total 收、支总计 change final_account prior_year increase 34.56 万元
        revenue_expenditure_total 收、支总计 growth_ratio final_account prior_year increase 2.88 %
        """,
    ),
    Case(
        "final_account", 2021,
        (
            "2021年度本年收入合计8,888.00万元，其中：财政拨款收入8,000.00万元"
            "，占90.01%；事业收入800.00万元，占9.00%；其他收入88.00万元，占"
            "0.99%。",
        ),
        """
        revenue_current_total 本年收入合计 value final_account none none 8888.00 万元
        revenue_item 财政拨款收入 value final_account none none 8000.00 万元
        revenue_item 财政拨款收入 share_ratio final_account whole none 90.01 %
        revenue_item 事业收入 value final_account none none 800.00 万元
        revenue_item 事业收入 share_ratio final_account whole none 9.00 %
        revenue_item 其他收入 value final_account none none 88.00 万元
        revenue_item 其他收入 share_ratio final_account whole none 0.99 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "三、支出决算情况说明",
            "本年支出合计8,700.10万元，其中：基本支出5,000.10万元，占57.47%"
            "；项目支出3,700.00万元，占42.53%。",
        ),
        """
        expenditure_current_total 本年支出合计 value final_account none none 8700.10 万元
        basic_expenditure 基本支出 value final_account none none 5000.10 万元
        basic_expenditure 基本支出 share_ratio final_account whole none 57.47 %
        project_expenditure 项目支出 value final_account none none 3700.00 万元
        project_expenditure 项目支出 share_ratio final_account whole none 42.53 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "五、一般公共预算财政拨款支出决算情况说明",
            "（三）一般公共预算财政拨款支出决算具体情况",
            "2022年度一般公共预算财政拨款支出年初预算为900万元，支出决算为880.5万元，"
            "完成年初预算的97.83%。决算数小于预算数的主要原因是厉行节约。其中：",
            "1.教育支出（类）普通教育（款）小学教育（项）。年初预算为500万元，支出决算为52"
            "0万元，完成年初预算的104%，决算数大于预算数的主要原因是追加教师绩效20万元。",
        ),
        """
        general_public_budget_expenditure 一般公共预算财政拨款支出 value initial_budget none none 900 万元
        general_public_budget_expenditure 一般公共预算财政拨款支出 value final_account none none 880.5 万元
        general_public_budget_expenditure 一般公共预算财政拨款支出 share_ratio final_account initial_budget none 97.83 %
        function_item 小学教育 value initial_budget none none 500 万元
        function_item 小学教育 value final_account none none 520 万元
        function_item 小学教育 share_ratio final_account initial_budget none 104 %
        other 教师绩效 change final_account initial_budget increase 20 万元
        """,
    ),
    Case(
        "budget", 2023,
        (
            "三、2023年一般公共预算当年拨款情况说明",
            "（一）教育支出（类）普通教育（款）小学教育（项）2023年预算数为1,000.00万"
            "元，比2022年预算数增加50.00万元，增长5.26%。主要原因是在校生增加。",
        ),
        """
        function_item 小学教育 value initial_budget none none 1000.00 万元
        function_item 小学教育 change initial_budget prior_year increase 50.00 万元
        function_item 小学教育 growth_ratio initial_budget prior_year increase 5.26 %
        """,
    ),
    Case(
        "budget", 2023,
        (
            "（二）一般公共预算当年拨款规模变化情况",
            "某县教育局2023年一般公共预算当年拨款2,345.67万元，比2022年执行数减少"
            "45.67万元，下降1.91%。",
        ),
        """
        general_public_budget_expenditure 一般公共预算当年拨款 value initial_budget none none 2345.67 万元
        general_public_budget_expenditure 一般公共预算当年拨款 change initial_budget prior_year decrease 45.67 万元
        general_public_budget_expenditure 一般公共预算当年拨款 growth_ratio initial_budget prior_year decrease 1.91 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "六、一般公共预算财政拨款基本支出决算情况说明",
            "2022年度一般公共预算财政拨款基本支出300万元，其中：人员经费250万元，主要包"
            "括：基本工资100万元、津贴补贴80.5万元、住房公积金69.5万元；公用经费50万"
            "元，主要包括：办公费20万元、差旅费30万元。",
        ),
        """
        basic_expenditure 基本支出 value final_account none none 300 万元
        economic_class 人员经费 value final_account none none 250 万元
        economic_class 基本工资 value final_account none none 100 万元
        economic_class 津贴补贴 value final_account none none 80.5 万元
        economic_class 住房公积金 value final_account none none 69.5 万元
        economic_class 公用经费 value final_account none none 50 万元
        economic_class 办公费 value final_account none none 20 万元
        economic_class 差旅费 value final_account none none 30 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "七、“三公”经费",
            "2022年度“三公”经费财政拨款支出预算为20万元，支出决算为15万元，完成预算的7"
            "5%，较上年减少3万元，下降16.67%。",
        ),
        """
        three_public 三公经费财政拨款支出预算 value initial_budget none none 20 万元
        three_public 三公经费财政拨款支出预算 value final_account none none 15 万元
        three_public 三公经费财政拨款支出预算 share_ratio final_account initial_budget none 75 %
        three_public 三公经费财政拨款支出预算 change final_account prior_year decrease 3 万元
        three_public 三公经费财政拨款支出预算 growth_ratio final_account prior_year decrease 16.67 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "七、“三公”经费",
            "（二）公务接待费支出决算5万元，比2021年增加1万元，增长25%。全年共接待国内来"
            "访团组30个、来宾260人次。",
        ),
        """
        three_public 公务接待费支出 value final_account none none 5 万元
        three_public 公务接待费支出 change final_account prior_year increase 1 万元
        three_public 公务接待费支出 growth_ratio final_account prior_year increase 25 %
        three_public 共接待国内来访团组 count final_account none none 30 个
        three_public 来宾 count final_account none none 260 人次
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "七、“三公”经费",
            "公务用车购置及运行维护费支出10万元，其中：公务用车购置支出0万元，当年购置公务用车"
            "0辆；公务用车运行维护费10万元，年末公务用车保有量4辆。",
        ),
        """
        three_public 公务用车购置及运行维护费支出 value final_account none none 10 万元
        three_public 公务用车购置支出 value final_account none none 0 万元
        three_public 购置公务用车 count final_account none none 0 辆
        three_public 公务用车运行维护费 value final_account none none 10 万元
        three_public 公务用车保有量 count final_account none none 4 辆
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "八、机关运行经费支出说明",
            "2022年度机关运行经费支出88.8万元，比2021年度减少1.2万元，同比下降1."
            "33%，主要原因是压减办公费0.8万元。",
        ),
        """
        operating_expenses 机关运行经费支出 value final_account none none 88.8 万元
        operating_expenses 机关运行经费支出 change final_account prior_year decrease 1.2 万元
        operating_expenses 机关运行经费支出 growth_ratio final_account prior_year decrease 1.33 %
        economic_class 办公费 change final_account prior_year decrease 0.8 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "九、政府采购支出说明",
            "2022年度政府采购支出总额500万元，其中：政府采购货物支出100万元、政府采购工"
            "程支出150万元、政府采购服务支出250万元。授予中小企业合同金额450万元，占政府"
            "采购支出总额的90%，其中：授予小微企业合同金额400万元，占授予中小企业合同金额的"
            "88.89%。",
        ),
        """
        procurement 政府采购支出总额 value final_account none none 500 万元
        procurement 政府采购货物支出 value final_account none none 100 万元
        procurement 政府采购工程支出 value final_account none none 150 万元
        procurement 政府采购服务支出 value final_account none none 250 万元
        procurement 授予中小企业合同金额 value final_account none none 450 万元
        procurement 授予中小企业合同金额 share_ratio final_account whole none 90 %
        procurement 授予小微企业合同金额 value final_account none none 400 万元
        procurement 授予小微企业合同金额 share_ratio final_account whole none 88.89 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "十、国有资产占用情况说明",
            "截至2022年12月31日，本部门共有车辆8辆，其中：主要领导干部用车1辆、执法执勤"
            "用车5辆、其他用车2辆；单位价值50万元以上通用设备3台（套），单位价值100万元以"
            "上专用设备0台（套）。",
        ),
        """
        state_assets 共有车辆 count None none none 8 辆
        state_assets 主要领导干部用车 count None none none 1 辆
        state_assets 执法执勤用车 count None none none 5 辆
        state_assets 其他用车 count None none none 2 辆
        state_assets 单位价值50万元以上通用设备 count None none none 3 台（套）
        state_assets 单位价值100万元以上专用设备 count None none none 0 台（套）
        """,
    ),
    Case(
        "budget", 2024,
        (
            "按照综合预算的原则，某市林业局2024年收支总预算3,600万元，较上年增加100万"
            "元，增长2.86%。",
        ),
        """
        revenue_expenditure_total 收支总预算 value initial_budget none none 3600 万元
        revenue_expenditure_total 收支总预算 change initial_budget prior_year increase 100 万元
        revenue_expenditure_total 收支总预算 growth_ratio initial_budget prior_year increase 2.86 %
        """,
    ),
    Case(
        "budget", 2024,
        (
            "某市林业局2024年收入预算3,600万元，其中：一般公共预算拨款收入3,000万元"
            "，占83.33%；上年结转600万元，占16.67%。",
        ),
        """
        revenue_current_total 收入预算 value initial_budget none none 3600 万元
        revenue_item 一般公共预算拨款收入 value initial_budget none none 3000 万元
        revenue_item 一般公共预算拨款收入 share_ratio initial_budget whole none 83.33 %
        balance 上年结转 value initial_budget none none 600 万元
        balance 上年结转 share_ratio initial_budget whole none 16.67 %
        """,
    ),
    Case(
        "budget", 2024,
        (
            "2024年支出总预算3,600万元，比上年预算数增加100万元。其中：基本支出2,0"
            "00万元，项目支出1,600万元。",
        ),
        """
        expenditure_current_total 支出总预算 value initial_budget none none 3600 万元
        expenditure_current_total 支出总预算 change initial_budget prior_year increase 100 万元
        basic_expenditure 基本支出 value initial_budget none none 2000 万元
        project_expenditure 项目支出 value initial_budget none none 1600 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "一般公共预算财政拨款支出1，234．56万元，占本年支出合计的９８．５％。",
        ),
        """
        general_public_budget_expenditure 一般公共预算财政拨款支出 value final_account none none 1234.56 万元
        general_public_budget_expenditure 一般公共预算财政拨款支出 share_ratio final_account whole none 98.5 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本年支出合计1,23,456万元。",
        ),
        """
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本年收入合计1 234.56万元。",
        ),
        """
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本年支出合计△12.30万元，比上年减少-3.5万元。",
        ),
        """
        expenditure_current_total 本年支出合计 value final_account none none -12.30 万元
        expenditure_current_total 本年支出合计 change final_account prior_year decrease -3.5 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年财政拨款收、支总计各2,000万元，与上年一致。",
        ),
        """
        fiscal_appropriation_total 财政拨款收、支总计 value final_account none none 2000 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "七、“三公”经费",
            "因公出国（境）费用0万元，与上年持平，无此项支出。",
        ),
        """
        three_public 因公出国（境）费用 value final_account none none 0 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "根据财行〔2014〕170号文件和第12号令，热线12345全年受理，依据《条例》（"
            "2018年修订）执行。",
        ),
        """
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本年支出合计XX万元，比上年增加（减少）XX万元。",
        ),
        """
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "五、一般公共预算财政拨款支出决算情况说明",
            "一般公共服务支出（类）财政事务（款）行政运行（项）支出决算200.5万元，较年初预算"
            "增加10.5万元，增长5.53%；较上年决算数减少2万元，下降0.99%。",
        ),
        """
        function_item 行政运行 value final_account none none 200.5 万元
        function_item 行政运行 change final_account initial_budget increase 10.5 万元
        function_item 行政运行 growth_ratio final_account initial_budget increase 5.53 %
        function_item 行政运行 change final_account prior_year decrease 2 万元
        function_item 行政运行 growth_ratio final_account prior_year decrease 0.99 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "五、一般公共预算财政拨款支出决算情况说明",
            "1.2010601行政运行200.5万元；2010602一般行政管理事务30万元。",
        ),
        """
        function_item 行政运行 value final_account none none 200.5 万元
        function_item 一般行政管理事务 value final_account none none 30 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "五、一般公共预算财政拨款支出决算情况说明",
            "（1）行政运行（2010601）支出决算为200.5万元，完成预算100%。",
        ),
        """
        function_item 行政运行 value final_account none none 200.5 万元
        function_item 行政运行 share_ratio final_account initial_budget none 100 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "绩效评价情况",
            "本部门对15个项目开展绩效自评，涉及资金3,000万元，占项目支出总额的95%。其中"
            "10个项目得分90分以上，平均得分95.6分。",
        ),
        """
        performance 项目 count None none none 15 个
        performance 涉及资金 value final_account none none 3000 万元
        performance 涉及资金 share_ratio final_account whole none 95 %
        performance 项目得分 count None none none 10 个
        performance 平均得分 score None none none 95.6 分
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年度本部门无政府性基金预算财政拨款支出，年初结转0元，年末结转0元。",
        ),
        """
        balance 年初结转 value final_account none none 0 元
        balance 年末结转 value final_account none none 0 元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年决算收入总额为5,000.00元，同比增长(下降)3%。",
        ),
        """
        revenue_total 收入总额 value final_account none none 5000.00 元
        revenue_total 收入总额 growth_ratio final_account prior_year none 3 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "（一）收入决算情况。2022年本年收入合计10,000.00元，较2021年度决算数"
            "减少500.00元，减幅4.76%。主要原因：一是项目减少300.00元；二是人员经"
            "费减少200.00元。",
        ),
        """
        revenue_current_total 本年收入合计 value final_account none none 10000.00 元
        revenue_current_total 本年收入合计 change final_account prior_year decrease 500.00 元
        revenue_current_total 本年收入合计 growth_ratio final_account prior_year decrease 4.76 %
        other 项目 change final_account prior_year decrease 300.00 元
        economic_class 人员经费 change final_account prior_year decrease 200.00 元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "七、一般公共预算财政拨款基本支出",
            "工资福利支出2,000.00万元，占基本支出的80%，比年初预算增加100.00万元"
            "；商品和服务支出400万元，占16%；对个人和家庭的补助100万元，占4%。",
        ),
        """
        economic_class 工资福利支出 value final_account none none 2000.00 万元
        economic_class 工资福利支出 share_ratio final_account whole none 80 %
        economic_class 工资福利支出 change final_account initial_budget increase 100.00 万元
        economic_class 商品和服务支出 value final_account none none 400 万元
        economic_class 商品和服务支出 share_ratio final_account whole none 16 %
        economic_class 对个人和家庭的补助 value final_account none none 100 万元
        economic_class 对个人和家庭的补助 share_ratio final_account whole none 4 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本单位核定编制30名，实有在职人员28人，离退休人员12人。",
        ),
        """
        staff 核定编制 count None none none 30 名
        staff 实有在职人员 count None none none 28 人
        staff 离退休人员 count None none none 12 人
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "社会保障和就业支出（类）100.25万元，占11.2%；卫生健康支出（类）50万元，"
            "占5.6%；住房保障支出（类）80万元，占8.9%。",
        ),
        """
        function_class 社会保障和就业支出 value final_account none none 100.25 万元
        function_class 社会保障和就业支出 share_ratio final_account whole none 11.2 %
        function_class 卫生健康支出 value final_account none none 50 万元
        function_class 卫生健康支出 share_ratio final_account whole none 5.6 %
        function_class 住房保障支出 value final_account none none 80 万元
        function_class 住房保障支出 share_ratio final_account whole none 8.9 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年支出决算中，一般公共服务支出（201类）300万元，教育支出（205类）2"
            "00万元。",
        ),
        """
        function_class 一般公共服务支出 value final_account none none 300 万元
        function_class 教育支出 value final_account none none 200 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "财政拨款收入决算数比年初预算数多12.5万元，增幅3%。",
        ),
        """
        revenue_item 财政拨款收入 change final_account initial_budget increase 12.5 万元
        revenue_item 财政拨款收入 growth_ratio final_account initial_budget increase 3 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "其中：一般公共预算财政拨款收入3,000.00万元，比上年减少100.00万元，主要"
            "原因是项目压减；政府性基金预算财政拨款收入200.00万元，比上年增加50.00万元"
            "。",
        ),
        """
        revenue_item 一般公共预算财政拨款收入 value final_account none none 3000.00 万元
        revenue_item 一般公共预算财政拨款收入 change final_account prior_year decrease 100.00 万元
        revenue_item 政府性基金预算财政拨款收入 value final_account none none 200.00 万元
        revenue_item 政府性基金预算财政拨款收入 change final_account prior_year increase 50.00 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年本单位收入预算1000万元，决算1100万元，决算数较预算数增加100万元"
            "，增长10%。",
        ),
        """
        revenue_current_total 收入预算 value initial_budget none none 1000 万元
        revenue_current_total 收入预算 value final_account none none 1100 万元
        revenue_current_total 收入预算 change final_account initial_budget increase 100 万元
        revenue_current_total 收入预算 growth_ratio final_account initial_budget increase 10 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "五、一般公共预算财政拨款支出决算情况说明",
            "（二）结构情况",
            "2022年度一般公共预算财政拨款支出500万元，主要用于以下方面：公共安全（类）支出"
            "300万元，占60%；社会保障和就业（类）支出150万元，占30%；住房保障（类）支"
            "出50万元，占10%。",
        ),
        """
        general_public_budget_expenditure 一般公共预算财政拨款支出 value final_account none none 500 万元
        function_class 公共安全支出 value final_account none none 300 万元
        function_class 公共安全支出 share_ratio final_account whole none 60 %
        function_class 社会保障和就业支出 value final_account none none 150 万元
        function_class 社会保障和就业支出 share_ratio final_account whole none 30 %
        function_class 住房保障支出 value final_account none none 50 万元
        function_class 住房保障支出 share_ratio final_account whole none 10 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年度总收入1,000万元，总支出1,000万元。",
        ),
        """
        revenue_total 总收入 value final_account none none 1000 万元
        expenditure_total 总支出 value final_account none none 1000 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "三公经费支出情况",
            "2022年三公经费决算支出8.5万元，比预算数减少1.5万元，完成预算85%。其中："
            "公务用车运行维护费5万元，占58.82%，公务接待费3.5万元，占41.18%，因公"
            "出国(境)费0元。",
        ),
        """
        three_public 三公经费决算支出 value final_account none none 8.5 万元
        three_public 三公经费决算支出 change final_account initial_budget decrease 1.5 万元
        three_public 三公经费决算支出 share_ratio final_account initial_budget none 85 %
        three_public 公务用车运行维护费 value final_account none none 5 万元
        three_public 公务用车运行维护费 share_ratio final_account whole none 58.82 %
        three_public 公务接待费 value final_account none none 3.5 万元
        three_public 公务接待费 share_ratio final_account whole none 41.18 %
        three_public 因公出国（境）费 value final_account none none 0 元
        """,
    ),
    Case(
        "budget", 2022,
        (
            "（三）公务接待费2022年预算安排2万元，比2021年预算减少0.5万元，下降20%"
            "。",
        ),
        """
        three_public 公务接待费 value initial_budget none none 2 万元
        three_public 公务接待费 change initial_budget prior_year decrease 0.5 万元
        three_public 公务接待费 growth_ratio initial_budget prior_year decrease 20 %
        """,
    ),
    Case(
        "budget", 2025,
        (
            "2025年部门预算收入总额12,345.67万元，其中：一般公共预算财政拨款12,0"
            "00.00万元，政府性基金预算财政拨款300.00万元，事业收入45.67万元。",
        ),
        """
        revenue_current_total 部门预算收入总额 value initial_budget none none 12345.67 万元
        revenue_item 一般公共预算财政拨款 value initial_budget none none 12000.00 万元
        revenue_item 政府性基金预算财政拨款 value initial_budget none none 300.00 万元
        revenue_item 事业收入 value initial_budget none none 45.67 万元
        """,
    ),
    Case(
        "budget", 2025,
        (
            "五、一般公共预算支出情况",
            "2025年一般公共预算支出12,000.00万元，其中：行政运行（2010301）5"
            ",000.00万元，主要用于人员支出；一般行政管理事务（2010302）7,000."
            "00万元。",
        ),
        """
        general_public_budget_expenditure 一般公共预算支出 value initial_budget none none 12000.00 万元
        function_item 行政运行 value initial_budget none none 5000.00 万元
        function_item 一般行政管理事务 value initial_budget none none 7000.00 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年度收入合计5,000万元。其中财政拨款收入4,500万元，较上年增加200"
            "万元，增加4.65%，原因为人员增加；其他收入500万元，较上年减少100万元，降低"
            "16.67%。",
        ),
        """
        revenue_current_total 收入合计 value final_account none none 5000 万元
        revenue_item 财政拨款收入 value final_account none none 4500 万元
        revenue_item 财政拨款收入 change final_account prior_year increase 200 万元
        revenue_item 财政拨款收入 growth_ratio final_account prior_year increase 4.65 %
        revenue_item 其他收入 value final_account none none 500 万元
        revenue_item 其他收入 change final_account prior_year decrease 100 万元
        revenue_item 其他收入 growth_ratio final_account prior_year decrease 16.67 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "财政拨款支出主要用于以下方面：基本支出4,000万元，占比80%；项目支出1,000"
            "万元，占比20%。",
        ),
        """
        basic_expenditure 基本支出 value final_account none none 4000 万元
        basic_expenditure 基本支出 share_ratio final_account whole none 80 %
        project_expenditure 项目支出 value final_account none none 1000 万元
        project_expenditure 项目支出 share_ratio final_account whole none 20 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年末固定资产原值8,765,432.10元，其中房屋3,200平方米，价值5"
            ",000,000.00元；车辆6辆，价值1,200,000.00元。",
        ),
        """
        state_assets 固定资产原值 value final_account none none 8765432.10 元
        state_assets 房屋 count None none none 3200 平方米
        state_assets 房屋 value final_account none none 5000000.00 元
        state_assets 车辆 count None none none 6 辆
        state_assets 车辆 value final_account none none 1200000.00 元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "二、国有资产占有使用情况",
            "截至2022年末，本单位房屋面积3,200平方米，价值500万元；共有车辆6辆，价值"
            "120万元。",
        ),
        """
        state_assets 房屋面积 count None none none 3200 平方米
        state_assets 房屋面积 value final_account none none 500 万元
        state_assets 共有车辆 count None none none 6 辆
        state_assets 共有车辆 value final_account none none 120 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "七、一般公共预算财政拨款基本支出决算情况说明",
            "基本支出3,000,000.00元，其中人员经费2,500,000.00元，主要包括"
            "基本工资、津贴补贴、奖金；公用经费500,000.00元，主要包括办公费、水费。",
        ),
        """
        basic_expenditure 基本支出 value final_account none none 3000000.00 元
        economic_class 人员经费 value final_account none none 2500000.00 元
        economic_class 公用经费 value final_account none none 500000.00 元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "预算绩效情况",
            "“校舍维修”项目自评得分96分，全年预算数100万元，执行数98万元，完成预算的98"
            "%。",
        ),
        """
        project 校舍维修 score None none none 96 分
        project 校舍维修 value adjusted_budget none none 100 万元
        project 校舍维修 value execution none none 98 万元
        project 校舍维修 share_ratio execution initial_budget none 98 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本部门2022年度“三公”经费支出12.34万元，比上年增加（减少）0.00万元，增"
            "长（下降）0.00%。",
        ),
        """
        three_public 三公经费支出 value final_account none none 12.34 万元
        three_public 三公经费支出 change final_account prior_year none 0.00 万元
        three_public 三公经费支出 growth_ratio final_account prior_year none 0.00 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年公务用车购置及运行费支出决算12万元，比年初预算数15万元减少3万元，主要"
            "原因是车改后车辆减少。",
        ),
        """
        three_public 公务用车购置及运行费支出 value final_account none none 12 万元
        three_public 公务用车购置及运行费支出 value initial_budget none none 15 万元
        three_public 公务用车购置及运行费支出 change final_account initial_budget decrease 3 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "当年培训费支出9.8万元，较上年减少0.2万元；会议费支出3万元，与上年持平。",
        ),
        """
        economic_class 培训费支出 value final_account none none 9.8 万元
        economic_class 培训费支出 change final_account prior_year decrease 0.2 万元
        economic_class 会议费支出 value final_account none none 3 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "与2021年相比，本年收入合计减少200.00万元，下降3.5%，主要是上级补助收入"
            "减少150.00万元。",
        ),
        """
        revenue_current_total 本年收入合计 change final_account prior_year decrease 200.00 万元
        revenue_current_total 本年收入合计 growth_ratio final_account prior_year decrease 3.5 %
        revenue_item 上级补助收入 change final_account prior_year decrease 150.00 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年一般公共预算财政拨款支出，较上年决算数增加80.00万元，增长2%，其中："
            "教育支出增加60.00万元。",
        ),
        """
        general_public_budget_expenditure 一般公共预算财政拨款支出 change final_account prior_year increase 80.00 万元
        general_public_budget_expenditure 一般公共预算财政拨款支出 growth_ratio final_account prior_year increase 2 %
        function_class 教育支出 change final_account prior_year increase 60.00 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "收入总计12,345.67万元，较上年决算增（减）345.67万元，增长2.88%。",
        ),
        """
        revenue_total 收入总计 value final_account none none 12345.67 万元
        revenue_total 收入总计 change final_account prior_year none 345.67 万元
        revenue_total 收入总计 growth_ratio final_account prior_year increase 2.88 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "年初结转和结余100.5万元，本年收入1,000万元，本年支出1,050万元，年末结"
            "转和结余50.5万元。",
        ),
        """
        balance 年初结转和结余 value final_account none none 100.5 万元
        revenue_current_total 本年收入 value final_account none none 1000 万元
        expenditure_current_total 本年支出 value final_account none none 1050 万元
        balance 年末结转和结余 value final_account none none 50.5 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年度收、支总计均为3,210.98万元。",
        ),
        """
        revenue_expenditure_total 收、支总计 value final_account none none 3210.98 万元
        """,
    ),
    Case(
        "budget", 2024,
        (
            "2024年，某区水务局部门预算支出总额为6,543.21万元，其中：基本支出2,00"
            "0.21万元，项目支出4,543万元。",
        ),
        """
        expenditure_current_total 部门预算支出总额 value initial_budget none none 6543.21 万元
        basic_expenditure 基本支出 value initial_budget none none 2000.21 万元
        project_expenditure 项目支出 value initial_budget none none 4543 万元
        """,
    ),
    Case(
        "budget", 2024,
        (
            "项目支出预算4,543万元，比上年减少457万元，减少的主要原因是河道治理项目完工减"
            "少500万元。",
        ),
        """
        project_expenditure 项目支出 value initial_budget none none 4543 万元
        project_expenditure 项目支出 change initial_budget prior_year decrease 457 万元
        other 河道治理项目完工 change initial_budget prior_year decrease 500 万元
        """,
    ),
    Case(
        "budget", 2024,
        (
            "2024年安排机关运行经费120万元，比上年预算增加5万元，增长4.35%。",
        ),
        """
        operating_expenses 安排机关运行经费 value initial_budget none none 120 万元
        operating_expenses 安排机关运行经费 change initial_budget prior_year increase 5 万元
        operating_expenses 安排机关运行经费 growth_ratio initial_budget prior_year increase 4.35 %
        """,
    ),
    Case(
        "budget", 2024,
        (
            "政府采购预算总额300万元，其中：货物类100万元、服务类200万元、工程类0万元。",
        ),
        """
        procurement 政府采购预算总额 value initial_budget none none 300 万元
        procurement 货物类 value initial_budget none none 100 万元
        procurement 服务类 value initial_budget none none 200 万元
        procurement 工程类 value initial_budget none none 0 万元
        """,
    ),
    Case(
        "budget", 2024,
        (
            "截至2023年底，所属各单位共有车辆12台，单价100万元（含）以上设备（不含车辆）"
            "2台（套）。",
        ),
        """
        state_assets 共有车辆 count None none none 12 台
        state_assets 单价100万元（含）以上设备（不含车辆） count None none none 2 台（套）
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：支出决"
            "算数为1,500.00万元，完成预算100%，决算数与预算数持平。",
        ),
        """
        function_item 行政运行 value final_account none none 1500.00 万元
        function_item 行政运行 share_ratio final_account initial_budget none 100 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "教育（类）职业教育（款）高等职业教育（项）: 支出决算为 1,234.5 万元，完成"
            "预算 99.5%，决算数小于预算数的主要原因是收回结余资金 6.2 万元。",
        ),
        """
        function_item 高等职业教育 value final_account none none 1234.5 万元
        function_item 高等职业教育 share_ratio final_account initial_budget none 99.5 %
        other 收回结余资金 value final_account none none 6.2 万元
        """,
    ),    Case(
        "final_account", 2022,
        (
            "一、收入支出决算总体情况说明",
            "某市体育局2022年度收入、支出决算总计1,000.00万元。与上年相比，收、支总计"
            "各增加100.00万元，增长11.11%。其中：",
            "（一）收入决算总计1,000.00万元。包括：",
            "1．本年收入决算合计900.00万元。与上年相比，增加80.00万元，增长9.76%"
            "，变动原因是训练经费增加。",
            "2．使用非财政拨款结余（含专用结余）0万元。与上年决算数相同。",
            "3．年初结转和结余100.00万元，主要为上年结转的场馆改造资金。",
            "（二）支出决算总计1,000.00万元。包括：",
            "1．本年支出决算合计950.00万元。与上年相比，增加60.00万元，增长6.74%"
            "。",
            "2．结余分配0万元。",
            "3．年末结转和结余50.00万元。",
        ),
        """
        revenue_expenditure_total 收入、支出决算总计 value final_account none none 1000.00 万元
        revenue_expenditure_total 收、支总计 change final_account prior_year increase 100.00 万元
        revenue_expenditure_total 收、支总计 growth_ratio final_account prior_year increase 11.11 %
        revenue_total 收入决算总计 value final_account none none 1000.00 万元
        revenue_current_total 本年收入决算合计 value final_account none none 900.00 万元
        revenue_current_total 本年收入决算合计 change final_account prior_year increase 80.00 万元
        revenue_current_total 本年收入决算合计 growth_ratio final_account prior_year increase 9.76 %
        balance 使用非财政拨款结余（含专用结余） value final_account none none 0 万元
        balance 年初结转和结余 value final_account none none 100.00 万元
        expenditure_total 支出决算总计 value final_account none none 1000.00 万元
        expenditure_current_total 本年支出决算合计 value final_account none none 950.00 万元
        expenditure_current_total 本年支出决算合计 change final_account prior_year increase 60.00 万元
        expenditure_current_total 本年支出决算合计 growth_ratio final_account prior_year increase 6.74 %
        balance 结余分配 value final_account none none 0 万元
        balance 年末结转和结余 value final_account none none 50.00 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "五、一般公共预算财政拨款支出决算情况说明",
            "（一）一般公共服务支出（类）",
            "1．财政事务（款）行政运行（项）。年初预算100.00万元，支出决算95.00万元，"
            "完成年初预算的95%。决算数与年初预算数的差异原因是人员减少。",
            "2．财政事务（款）预算改革业务（项）。年初预算10.00万元，支出决算9.50万元，"
            "完成年初预算的95%。",
            "（二）教育支出（类）",
            "1．普通教育（款）小学教育（项）。年初预算20.00万元，支出决算20.00万元，完"
            "成年初预算的100%。",
        ),
        """
        function_item 行政运行 value initial_budget none none 100.00 万元
        function_item 行政运行 value final_account none none 95.00 万元
        function_item 行政运行 share_ratio final_account initial_budget none 95 %
        function_item 预算改革业务 value initial_budget none none 10.00 万元
        function_item 预算改革业务 value final_account none none 9.50 万元
        function_item 预算改革业务 share_ratio final_account initial_budget none 95 %
        function_item 小学教育 value initial_budget none none 20.00 万元
        function_item 小学教育 value final_account none none 20.00 万元
        function_item 小学教育 share_ratio final_account initial_budget none 100 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "二、支出决算情况",
            "按功能分类：（1）一般公共服务（类）支出100.00万元，主要用于机关运行，与上年相"
            "比增加5.00万元，增长5.26%，主要原因是人员增加；（2）教育（类）支出20.0"
            "0万元，主要用于培训。",
        ),
        """
        function_class 一般公共服务支出 value final_account none none 100.00 万元
        function_class 一般公共服务支出 change final_account prior_year increase 5.00 万元
        function_class 一般公共服务支出 growth_ratio final_account prior_year increase 5.26 %
        function_class 教育支出 value final_account none none 20.00 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年度机关运行经费支出55.00万元，比年初预算数减少5.00万元，降低8.3"
            "3%。",
        ),
        """
        operating_expenses 机关运行经费支出 value final_account none none 55.00 万元
        operating_expenses 机关运行经费支出 change final_account initial_budget decrease 5.00 万元
        operating_expenses 机关运行经费支出 growth_ratio final_account initial_budget decrease 8.33 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "因公出国（境）费支出决算为0万元，完成预算的0%，占“三公”经费支出决算的0%；公务"
            "接待费支出决算为2.1万元，完成预算的70%，占100%。",
        ),
        """
        three_public 因公出国（境）费支出 value final_account none none 0 万元
        three_public 因公出国（境）费支出 share_ratio final_account initial_budget none 0 %
        three_public 因公出国（境）费支出 share_ratio final_account whole none 0 %
        three_public 公务接待费支出 value final_account none none 2.1 万元
        three_public 公务接待费支出 share_ratio final_account initial_budget none 70 %
        three_public 公务接待费支出 share_ratio final_account whole none 100 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "（二）人员情况",
            "年末实有人数30人，其中：在职25人、离休0人、退休5人；年末遗属人员2人。",
        ),
        """
        staff 实有人数 count None none none 30 人
        staff 在职 count None none none 25 人
        staff 离休 count None none none 0 人
        staff 退休 count None none none 5 人
        staff 遗属人员 count None none none 2 人
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "支出按功能分类：205教育支出100万元；208社会保障和就业支出20万元；按经济分"
            "类：工资福利支出（301类）90万元，商品和服务支出（302类）30万元。",
        ),
        """
        function_class 教育支出 value final_account none none 100 万元
        function_class 社会保障和就业支出 value final_account none none 20 万元
        economic_class 工资福利支出 value final_account none none 90 万元
        economic_class 商品和服务支出 value final_account none none 30 万元
        """,
    ),
    Case(
        "budget", 2023,
        (
            "（一）收入预算情况",
            "2023年收入预算为1,000.00万元，其中：一般公共预算拨款收入800.00万元"
            "，占80%；事业收入200.00万元，占20%。",
        ),
        """
        revenue_current_total 收入预算 value initial_budget none none 1000.00 万元
        revenue_item 一般公共预算拨款收入 value initial_budget none none 800.00 万元
        revenue_item 一般公共预算拨款收入 share_ratio initial_budget whole none 80 %
        revenue_item 事业收入 value initial_budget none none 200.00 万元
        revenue_item 事业收入 share_ratio initial_budget whole none 20 %
        """,
    ),
    Case(
        "budget", 2023,
        (
            "（二）支出预算情况",
            "2023年支出预算为1,000.00万元，其中：基本支出700.00万元，占70%；"
            "项目支出300.00万元，占30%。",
        ),
        """
        expenditure_current_total 支出预算 value initial_budget none none 1000.00 万元
        basic_expenditure 基本支出 value initial_budget none none 700.00 万元
        basic_expenditure 基本支出 share_ratio initial_budget whole none 70 %
        project_expenditure 项目支出 value initial_budget none none 300.00 万元
        project_expenditure 项目支出 share_ratio initial_budget whole none 30 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "与2021年度决算数相比，收入总计增加12.30万元，增长1.2%；支出总计增加12"
            ".30万元，增长1.2%。",
        ),
        """
        revenue_total 收入总计 change final_account prior_year increase 12.30 万元
        revenue_total 收入总计 growth_ratio final_account prior_year increase 1.2 %
        expenditure_total 支出总计 change final_account prior_year increase 12.30 万元
        expenditure_total 支出总计 growth_ratio final_account prior_year increase 1.2 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "2022年度财政拨款支出年初预算数500万元，调整预算数550万元，决算数540万元"
            "，完成调整预算的98.18%。",
        ),
        """
        fiscal_appropriation_total 财政拨款支出 value initial_budget none none 500 万元
        fiscal_appropriation_total 财政拨款支出 value adjusted_budget none none 550 万元
        fiscal_appropriation_total 财政拨款支出 value final_account none none 540 万元
        fiscal_appropriation_total 财政拨款支出 share_ratio final_account none none 98.18 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "“三公”经费支出情况",
            "公务用车购置及运行维护费预算10万元，决算8万元，节约2万元。",
        ),
        """
        three_public 公务用车购置及运行维护费 value initial_budget none none 10 万元
        three_public 公务用车购置及运行维护费 value final_account none none 8 万元
        three_public 公务用车购置及运行维护费 change final_account none decrease 2 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "项目支出1,200万元，具体包括：校园安保项目200万元、教师培训项目300万元、信"
            "息化建设项目700万元。",
        ),
        """
        project_expenditure 项目支出 value final_account none none 1200 万元
        project 校园安保项目 value final_account none none 200 万元
        project 教师培训项目 value final_account none none 300 万元
        project 信息化建设项目 value final_account none none 700 万元
        """,
    ),
    Case(
        "budget", 2023,
        (
            "六、一般公共预算基本支出",
            "（一）人员经费500万元，其中：基本工资200万元，津贴补贴150万元，绩效工资10"
            "0万元，机关事业单位基本养老保险缴费50万元。",
            "（二）公用经费60万元，其中：办公费20万元，维修(护)费10万元，其他交通费用30"
            "万元。",
        ),
        """
        economic_class 人员经费 value initial_budget none none 500 万元
        economic_class 基本工资 value initial_budget none none 200 万元
        economic_class 津贴补贴 value initial_budget none none 150 万元
        economic_class 绩效工资 value initial_budget none none 100 万元
        economic_class 机关事业单位基本养老保险缴费 value initial_budget none none 50 万元
        economic_class 公用经费 value initial_budget none none 60 万元
        economic_class 办公费 value initial_budget none none 20 万元
        economic_class 维修（护）费 value initial_budget none none 10 万元
        economic_class 其他交通费用 value initial_budget none none 30 万元
        """,
    ),
    Case(
        "budget", 2023,
        (
            "2023年一般公共预算“三公”经费预算数为5万元，其中，因公出国（境）费0万元，公务"
            "接待费2万元，公务用车购置及运行费3万元（其中，公务用车购置费0万元，公务用车运行费"
            "3万元）。",
        ),
        """
        three_public 一般公共预算三公经费 value initial_budget none none 5 万元
        three_public 因公出国（境）费 value initial_budget none none 0 万元
        three_public 公务接待费 value initial_budget none none 2 万元
        three_public 公务用车购置及运行费 value initial_budget none none 3 万元
        three_public 公务用车购置费 value initial_budget none none 0 万元
        three_public 公务用车运行费 value initial_budget none none 3 万元
        """,
    ),
    Case(
        "budget", 2023,
        (
            "2023年一般公共预算拨款收入（含上年结转12万元）812万元，政府性基金预算拨款收"
            "入0万元。",
        ),
        """
        balance 上年结转 value initial_budget none none 12 万元
        revenue_item 一般公共预算拨款收入 value initial_budget none none 812 万元
        revenue_item 政府性基金预算拨款收入 value initial_budget none none 0 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "本年支出合计9,500,000元（其中：基本支出7,000,000元，项目支出2,5"
            "00,000元）。",
        ),
        """
        expenditure_current_total 本年支出合计 value final_account none none 9500000 元
        basic_expenditure 基本支出 value final_account none none 7000000 元
        project_expenditure 项目支出 value final_account none none 2500000 元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（"
            "项）决算数45.6万元，比上年43.2万元增加2.4万元。",
        ),
        """
        function_item 机关事业单位基本养老保险缴费支出 value final_account none none 45.6 万元
        function_item 机关事业单位基本养老保险缴费支出 value prior_year_final none none 43.2 万元
        function_item 机关事业单位基本养老保险缴费支出 change final_account prior_year increase 2.4 万元
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "国有资本经营预算财政拨款支出0元，占0%。本单位2022年度无国有资本经营预算财政拨"
            "款支出。",
        ),
        """
        state_capital_expenditure 国有资本经营预算财政拨款支出 value final_account none none 0 元
        state_capital_expenditure 国有资本经营预算财政拨款支出 share_ratio final_account whole none 0 %
        """,
    ),
    Case(
        "final_account", 2022,
        (
            "一、2022年度收入总计1,000元，其中:本年收入合计900元,使用非财政拨款结余"
            "0元,年初结转和结余100元。",
        ),
        """
        revenue_total 收入总计 value final_account none none 1000 元
        revenue_current_total 本年收入合计 value final_account none none 900 元
        balance 使用非财政拨款结余 value final_account none none 0 元
        balance 年初结转和结余 value final_account none none 100 元
        """,
    ),
)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.paragraphs[-1][:24])
def test_sentence(case: Case) -> None:
    prose = read(*case.paragraphs, kind=case.kind, year=case.year)
    expected = [text.strip() for text in case.figures.strip().splitlines()]
    assert [line(row) for row in prose.figures] == expected


def test_number_broken_over_lines_is_whole_and_stands_on_both_lines() -> None:
    first, second = "本年收入合计425,", "488.50元，增长3%。"
    spans = (
        Span(0, len(first), Place(line_start=7, line_end=7)),
        Span(len(first), len(first) + len(second), Place(line_start=8, line_end=8)),
    )
    paragraph = Paragraph(first + second, Place(line_start=7, line_end=8), spans)
    ledger = SourceLedger("k")
    prose = recognise_prose(
        Document("k", "f.txt", "text/plain", "text", (paragraph,)),
        profile("final_account", 2022),
        ledger,
    )
    sources = {row.source_key: row for row in ledger.rows()}
    total, growth = prose.figures
    assert (total.published_text, total.number_text) == ("425,488.50", "425488.50")
    assert (sources[total.source_key].line_start, sources[total.source_key].line_end) == (7, 8)
    assert sources[growth.source_key].line_start == 8
    assert sources[total.source_key].source_text == "425,488.50"


@pytest.mark.parametrize(
    "text",
    ["1,23,456", "12,34.5", "1 234.56", "1.234.56", "36.079,450.01", "12，34", "1O0", "1234,56"],
)
def test_number_that_contradicts_its_grouping_is_quarantined(text: str) -> None:
    prose = read(f"本年支出合计{text}万元。")
    assert prose.figures == []
    assert [q.code for q in prose.quarantined] == ["NUMBER_GRAMMAR"]


def test_amount_without_unit_is_published_without_one_and_quarantined() -> None:
    prose = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.公共安全：2040601行政运行30.50；2040602一般行政管理事务2.00万元。",
    )
    assert [(r.item_code, r.published_unit) for r in prose.figures] == [
        ("2040601", None),
        ("2040602", "万元"),
    ]
    assert [(q.code, q.observed) for q in prose.quarantined] == [("UNIT_UNKNOWN", "30.50")]


@pytest.mark.parametrize(("total", "unit"), [("32.50", "万元"), ("32.51", None)])
def test_a_unit_left_out_is_supplied_only_where_the_total_proves_it(
    total: str, unit: str | None
) -> None:
    prose = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.公共安全：2040601行政运行30.50；2040602一般行政管理事务2.00万元，"
        f"支出决算为{total}万元。",
    )
    first = prose.figures[0]
    assert (first.item_code, first.published_unit) == ("2040601", unit)
    assert len(prose.quarantined) == (unit is None)
    assert ("UNIT_SUPPLIED" in {f.code for f in prose.findings}) == (unit is not None)


@pytest.mark.parametrize(
    "text",
    [
        "根据财行〔2014〕170号文件、第12号令和《条例》（2018年修订）执行。",
        "2022年3月15日，热线12345、12333全年受理，联系电话010-12345678。",
        "评价结果分为优（90（含）-100分）、良（80-90分）、中（60（含60分）-80分）。",
        "单价100万元以上的专用设备、单位价值50万元以上的通用设备由采购中心办理。",
        "本年支出合计XX万元，比上年增加（减少）XX万元，增长（下降）XX%。",
        "十四五期间连续6年开展，每次15分钟，共3个月。",
        "名词解释：1.基本支出：指为保障机构正常运转而发生的支出，限额500万元以下。",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert read(text).figures == []


def test_glossary_ends_with_the_next_part() -> None:
    prose = read(
        "第四部分 名词解释",
        "一、机关运行经费：为保障单位运行的资金，例如100万元。",
        "第五部分 附件",
        "一、项目情况",
        "项目预算100万元。",
    )
    assert [r.number_text for r in prose.figures] == ["100"]
    assert prose.figures[0].section_path == "第五部分附件 > 一、项目情况"


def test_levels_and_codes_of_a_function() -> None:
    prose = read(
        "三、财政拨款支出主要内容",
        "1、公共安全支出（204类）司法（06款）行政运行（01项）100.5万元。",
        "2.“卫生健康支出-行政事业单位医疗-行政单位医疗”科目20万元，主要用于医疗。",
        "3. 教育支出（类）普通教育（款）小学教育（项）30万元。",
        kind="budget",
    )
    assert [(r.item_code, r.class_name, r.section_name, r.item_name) for r in prose.figures] == [
        ("2040601", "公共安全支出", "司法", "行政运行"),
        (None, "卫生健康支出", "行政事业单位医疗", "行政单位医疗"),
        (None, "教育支出", "普通教育", "小学教育"),
    ]
    assert {r.subject for r in prose.figures} == {"function_item"}


def test_quoted_sections_stand_under_the_class_named_before() -> None:
    prose = read(
        "三、一般公共预算财政拨款支出决算具体情况",
        "1、“其他支出”2022年度决算10万元。其中：",
        "“其他支出”2022年度决算10万元。",
        "2、“教育支出”2022年度决算20万元。其中：",
        "“职业教育”2022年度决算20万元。",
    )
    assert [(r.subject, r.class_name, r.section_name) for r in prose.figures] == [
        ("function_class", "其他支出", None),
        ("function_section", "其他支出", "其他支出"),
        ("function_class", "教育支出", None),
        ("function_section", "教育支出", "职业教育"),
    ]
    assert {r.fund_source for r in prose.figures} == {"general_public_budget"}


def test_list_under_a_sentence_inherits_fund_and_kind_of_expenditure() -> None:
    prose = read(
        "七、财政拨款基本支出情况说明",
        "（一）使用一般公共预算财政拨款安排基本支出80万元。其中：",
        "1.工资福利支出：包括基本工资、奖金等支出60万元，年初预算50万元，增加10万元；",
        "（二）使用政府性基金财政拨款安排基本支出0元。其中：",
        "1.商品和服务支出：包括办公费等0.00元。",
    )
    wages = prose.figures[1]
    assert (wages.item_name, wages.economic_code) == ("工资福利支出", "301")
    assert (wages.fund_source, wages.expenditure_type) == ("general_public_budget", "basic")
    assert [(r.measure, r.amount_stage, r.comparator) for r in prose.figures[1:4]] == [
        ("value", "final_account", "none"),
        ("value", "initial_budget", "none"),
        ("change", "final_account", "initial_budget"),
    ]
    assert prose.figures[-1].fund_source == "government_fund"
    assert prose.figures[-1].value_status == "zero"


def test_revenue_sources_and_resource_metrics() -> None:
    prose = read(
        "二、收入决算情况说明",
        "本年收入合计10万元，其中：一般公共预算财政拨款收入5万元；政府性基金预算财政拨款收入1万元；"
        "上级补助收入1万元；事业收入1万元；经营收入1万元；其他收入1万元。",
    )
    assert [r.revenue_source for r in prose.figures[1:]] == [
        "fiscal_appropriation_general",
        "fiscal_appropriation_fund",
        "superior_subsidy",
        "business_income",
        "operating_income",
        "other_income",
    ]


def test_batches_and_persons_of_receptions_belong_to_the_expense() -> None:
    prose = read(
        "“三公”经费",
        "国内公务接待支出3万元。国内公务接待8批次，87人次；接待外宾0批次。",
    )
    assert [r.three_public_item for r in prose.figures] == [None, "reception", "reception", None]
    assert [r.published_unit for r in prose.figures] == ["万元", "批次", "人次", "批次"]


def test_year_of_a_budget_compared_with_itself_is_reported() -> None:
    prose = read("2026年收入预算100万元，比2026年预算增加5万元。", kind="budget", year=2026)
    assert prose.figures[1].comparator == "none"
    assert [f.code for f in prose.findings] == ["COMPARISON_YEAR"]


def test_template_residue_and_broken_years_are_reported() -> None:
    prose = read("202年度决算数100元，比上年增加（减少）20元。")
    assert prose.figures[1].direction == "none"
    assert sorted(f.code for f in prose.findings) == ["TEMPLATE_RESIDUE", "YEAR_MALFORMED"]


def test_unknown_kind_and_year_leave_the_stage_open() -> None:
    prose = read("基本支出10万元，2020年为8万元。", kind=None, year=None)
    assert [r.amount_stage for r in prose.figures] == [None, None]


def test_economic_names_of_an_older_year() -> None:
    def codes(year: int) -> list[str | None]:
        text = "人员经费10万元，包括：社会保障缴费5万元、住房公积金5万元。"
        return [r.economic_code for r in read("六、基本支出", text, year=year).figures]

    assert codes(2016) == [None, "30104", "30311"]
    assert codes(2020) == [None, None, "30113"]


def test_every_figure_has_its_own_place() -> None:
    prose = read("收入10万元、支出10万元，结余10万元，其中10万元为上年结转。")
    assert len({row.source_key for row in prose.figures}) == len(prose.figures) == 4
    assert [row.figure_no for row in prose.figures] == [1, 2, 3, 4]


def test_indicator_prose_and_definitions_are_left_to_others() -> None:
    target = "（1）数量指标。安置人数：项目目标为不少于130人，完成情况为139人，完成项目目标。"
    assert is_indicator_prose(target)
    assert not is_indicator_prose("全年完成情况良好，支出10万元。")
    assert is_definition("2.项目支出：指在基本支出之外发生的支出。")
    assert not is_definition("项目支出10万元，指标为5个。")
    assert read(target).figures == []


@pytest.mark.parametrize("text", ["增加", "（5万元", "1,", "为", "X", "比年初", "一、", "“", "；"])
def test_work_grows_with_the_text_and_no_faster(text: str) -> None:
    """Operations, not seconds: calls made while reading eightfold text grow about eightfold."""

    def calls(size: int) -> int:
        count = 0

        def tally(*_: object) -> None:
            nonlocal count
            count += 1

        paragraph = document(text * size)
        sys.setprofile(tally)
        try:
            recognise_prose(paragraph, profile("final_account", 2022), SourceLedger("k"))
        finally:
            sys.setprofile(None)
        return count

    read(text * 10)
    assert calls(1600) <= 10 * calls(200) + 2000


def test_vehicles_beside_the_staff_are_no_staff() -> None:
    prose = read(
        "二、部门基本情况",
        "2022年末人员编制58人；实有车辆编制3辆，在编实有车辆5辆，实有设备2台，在职在编实有人员29人。",
    )
    assert [
        (row.number_text, row.published_unit, row.resource_metric) for row in prose.figures
    ] == [
        ("58", "人", "staff_quota"),
        ("3", "辆", None),
        ("5", "辆", "vehicles"),
        ("2", "台", None),
        ("29", "人", "staff_actual"),
    ]


def test_a_bare_count_of_staff_is_named_after_its_quota() -> None:
    prose = read(
        "（二）人员构成情况",
        "行政编制12名，实际11人；事业编制30名，实际28人；离退休人员9人。",
    )
    assert [(r.item_name, r.number_text) for r in prose.figures] == [
        ("行政编制", "12"),
        ("行政实际", "11"),
        ("事业编制", "30"),
        ("事业实际", "28"),
        ("离退休人员", "9"),
    ]
