"""The topics that budgets and final accounts share: “三公”, running cost, procurement, assets."""

from __future__ import annotations

from benchmarks.factory.blocks import Block
from benchmarks.factory.model import ZERO, Account
from benchmarks.factory.style import Style
from benchmarks.factory.voice import Piece, Voice, heading, sentence


def three_public(account: Account, style: Style, kind: str) -> list[Block]:
    """Return the paragraphs on “三公”经费."""
    v = Voice(account, style, kind)
    year, three = account.year, account.three_public
    values = three.final if v.final else three.budget
    abroad, buy, run, host = values
    word = "决算" if v.final else "预算"
    blocks: list[Block] = [heading(f"“三公”经费财政拨款{word}情况")]
    pieces: list[Piece] = [
        f"{year}年“三公”经费财政拨款{word}",
        *v.money("three_public", sum(values, ZERO), "“三公”经费"),
    ]
    if v.final:
        total = sum(three.budget, ZERO)
        pieces += [
            "，",
            *v.change(
                "three_public",
                sum(values, ZERO),
                total,
                f"{year}年年初预算",
                "initial_budget",
                "“三公”经费",
            ),
        ]
    blocks.append(sentence(pieces, "。其中："))
    lines = (
        ("因公出国（境）费", abroad),
        ("公务接待费", host),
        ("公务用车购置费", buy),
        ("公务用车运行维护费", run),
    )
    for number, (name, amount) in enumerate(lines, 1):
        words: list[Piece] = [f"{number}．{name}{word}", *v.money("three_public", amount, name)]
        if v.final and name == "公务接待费":
            words += [
                "，共接待",
                *v.count("three_public", three.reception_batches, "批次", name),
                "、",
                *v.count("three_public", three.reception_persons, "人次", name),
            ]
        if name == "公务用车运行维护费":
            words += ["，公务用车保有量", *v.count("three_public", three.vehicles, "辆", name)]
        blocks.append(sentence(words, "。"))
    return blocks


def other_matters(account: Account, style: Style, kind: str) -> list[Block]:
    """Return operating expenses, procurement and assets."""
    v = Voice(account, style, kind)
    year = account.year
    goods, works, services = account.procurement
    total = goods + works + services
    blocks: list[Block] = [heading("其他重要事项")]
    running = account.sum(v.field, lambda leaf: leaf.staff_split == "public")
    if account.office.level != "unit":
        blocks += [
            heading("（一）机关运行经费"),
            sentence(
                f"{year}年机关运行经费{'支出' if v.final else '预算'}",
                v.money("operating_expenses", running, "机关运行经费"),
                "。",
            ),
        ]
    printed = [v.printed(x) for x in (goods, works, services)]
    blocks += [
        heading("（二）政府采购"),
        sentence(
            f"{year}年政府采购{'支出总额' if v.final else '预算'}",
            v.money("procurement", sum(printed, ZERO), "政府采购"),
            "，其中：货物",
            v.money("procurement", goods, "货物"),
            "、工程",
            v.money("procurement", works, "工程"),
            "、服务",
            v.money("procurement", services, "服务"),
            "。",
        ),
        heading("（三）国有资产占有使用"),
        sentence(
            f"截至{year if v.final else year - 1}年12月31日，本部门共有车辆",
            v.count("state_assets", account.three_public.vehicles, "辆", "车辆"),
            "，单位价值100万元以上的专用设备",
            v.count("state_assets", 0, "台（套）", "专用设备"),
            "。",
        ),
    ]
    if total == 0:
        return blocks[:-2]
    return blocks
