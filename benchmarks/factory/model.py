"""The account of one department-year (一个部门一年的账): every table is a cut of its leaves.

All amounts are Decimal yuan and multiples of the quantum the account is built with, so
that any table printed in that unit adds up exactly.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from benchmarks.factory.catalogue import TRADES, Office, economic_code, economics

ZERO = Decimal(0)
_FISCAL = frozenset({"30217", "30231"})
"""Items of “三公”: always paid by fiscal appropriation."""
PERSON, PHONE = "欧阳甲乙", "13900001234"
"""What forms print of people; nothing that is read may hold either."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """The finest cell of an account: one function, economic item and project (最细一笔)."""

    function: str
    economic: str
    kind: str
    """basic, project or operating."""
    fund: str
    """general_public_budget, government_fund, state_capital, special_account, or what the
    office earns: business_income, operating_income, superior_subsidy, unit_funds (other)."""
    project: str | None
    initial: Decimal
    final: Decimal
    opening: Decimal = ZERO
    closing: Decimal = ZERO

    @property
    def staff_split(self) -> str | None:
        """personnel or public for basic expenditure, None for a project."""
        return economics()[self.economic].staff_split if self.kind == "basic" else None

    @property
    def revenue(self) -> Decimal:
        """This year's revenue behind the leaf (本年收入)."""
        return self.final + self.closing - self.opening

    @property
    def allotted(self) -> Decimal:
        """What the budget allots out of this year's revenue (本年安排), carry-over left out."""
        return self.initial - self.opening


Keep = Callable[[Leaf], bool]
"""Which leaves a line or column counts."""


def everything(leaf: Leaf) -> bool:  # noqa: ARG001
    """Count every leaf."""
    return True


def nothing(leaf: Leaf) -> bool:  # noqa: ARG001
    """Count no leaf: a column that the form has and the office does not need."""
    return False


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """“三公”经费, budget and final: overseas, purchase, operation, reception."""

    budget: tuple[Decimal, Decimal, Decimal, Decimal]
    final: tuple[Decimal, Decimal, Decimal, Decimal]
    reception_batches: int
    reception_persons: int
    vehicles: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of a performance form (绩效指标)."""

    level1: str
    level2: str
    level3: str
    operator: str
    value: str
    unit: str
    actual: str
    weight: int
    score: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its money and indicators (项目)."""

    name: str
    code: str
    function: str
    economic: str
    initial: Decimal
    executed: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Budget and final account of one office for one year."""

    office: Office
    year: int
    leaves: tuple[Leaf, ...]
    three_public: ThreePublic
    projects: tuple[Project, ...]
    prior_total: Decimal
    staff_quota: int
    staff_actual: int
    procurement: tuple[Decimal, Decimal, Decimal]
    """Goods, works, services."""
    units: tuple[str, ...] = ()
    """Names of the units whose accounts a consolidated account holds (所属单位)."""
    quantum: Decimal = Decimal("0.01")
    """The step that every amount is a multiple of."""

    def sum(self, field: str, keep: Keep = everything) -> Decimal:
        """Add ``field`` (initial, allotted, final, revenue, opening, closing) over leaves kept."""
        return sum((getattr(leaf, field) for leaf in self.leaves if keep(leaf)), ZERO)

    @property
    def operating_expenses(self) -> Decimal:
        """机关运行经费: the public part of basic expenditure, final."""
        return self.sum("final", lambda leaf: leaf.staff_split == "public")


def _indicators(rng: random.Random, name: str, wan: Decimal) -> tuple[Indicator, ...]:
    """Make six indicators whose weights add up to 90 (10 more are the execution rate's)."""
    count = rng.randint(3, 60) * 10
    done = count if rng.random() < 0.7 else count - rng.randint(1, count // 10)
    served = rng.choice(("场次", "人次", "件", "户"))
    score = Decimal(15) if done >= count else (Decimal(15 * done) / count).quantize(Decimal("0.1"))
    if rng.random() < 0.2:
        score = Decimal(15)  # full marks whatever was done: publishers do this too
    satisfied = rng.randint(91, 99)
    return (
        Indicator(
            "产出指标",
            "数量指标",
            f"{name}完成数量",
            "≥",
            str(count),
            served,
            f"{done}{served}",
            15,
            str(score),
        ),
        Indicator("产出指标", "质量指标", "验收合格率", "＝", "100", "%", "100%", 15, "15"),
        Indicator("产出指标", "时效指标", "资金支付完成时间", "≤", "12", "月", "12月", 10, "10"),
        Indicator(
            "成本指标",
            "经济成本指标",
            "项目总成本",
            "≤",
            f"{wan.normalize():f}",
            "万元",
            f"{wan.normalize():f}万元",
            10,
            "10",
        ),
        Indicator(
            "效益指标",
            "社会效益指标",
            "提升服务便利程度",
            "定性",
            "有所提升",
            "",
            "达到预期",
            30,
            "29",
        ),
        Indicator(
            "满意度指标",
            "服务对象满意度指标",
            "服务对象满意度",
            "≥",
            "90",
            "%",
            f"{satisfied}%",
            10,
            "10",
        ),
    )


def build(office: Office, year: int, seed: int, quantum: Decimal = Decimal("0.01")) -> Account:
    """Make the account of ``office`` in ``year``: same arguments, same account."""
    rng = random.Random(f"{seed}:{office.name}:{year}")
    trade = TRADES[office.trade]
    staff = rng.randint(24, 180)

    def step(value: float) -> Decimal:
        return (Decimal(round(value * 100)) / 100 / quantum).quantize(1, ROUND_HALF_UP) * quantum

    leaves: list[Leaf] = []

    def add(function: str, economic: str, per_head: float) -> None:
        initial = step(per_head * staff * rng.uniform(0.85, 1.15))
        final = step(float(initial) * rng.uniform(0.93, 1.06))
        paid = (fund for code, fund in trade.own if economic.startswith(code))
        own = next(paid, None) if function == trade.running and economic not in _FISCAL else None
        fund = own or "general_public_budget"
        code = economic_code(economic, year)
        leaves.append(Leaf(function, code, "basic", fund, None, initial, final))

    salaries = (("30101", 43000), ("30102", 61000), ("30103", 18000), ("30112", 1500))
    if not trade.civil_service:
        salaries = (("30101", 41000), ("30102", 9000), ("30107", 66000), ("30112", 1600))
    for economic, per_head in salaries:
        add(trade.running, economic, per_head)
    for economic, per_head in (
        ("30201", 3100),
        ("30207", 900),
        ("30211", 1400),
        ("30213", 700),
        ("30215", 260),
        ("30217", 90),
        ("30228", 2300),
        ("30229", 1100),
        ("30239", 8200),
        ("30231", 520),
        ("31002", 640),
    ):
        if trade.civil_service or economic != "30239":
            add(trade.running, economic, per_head)
    add("2080501" if trade.civil_service else "2080502", "30302", 5200)
    add("2080505", "30108", 17500)
    add("2080506", "30109", 8700)
    medical = ("2101101", "2101102") if year >= 2017 else ("2100501", "2100502")
    add(medical[0] if trade.civil_service else medical[1], "30110", 9900)
    add("2210201", "30113", 21000)
    if rng.random() < 0.5:
        add("2210203", "30102", 6400)

    projects: list[Project] = []
    for serial, (function, name, economic) in enumerate(trade.projects):
        initial = step(rng.uniform(60_000, 2_600_000))
        final = step(float(initial) * rng.uniform(0.72, 1.0))
        carried = step(float(initial) * 0.05) if rng.random() < 0.35 else ZERO
        kept = step(float(initial) * 0.04) if rng.random() < 0.35 else ZERO
        fund = "unit_funds" if serial == 2 and rng.random() < 0.4 else "general_public_budget"
        fund = dict(trade.sources).get(serial, fund)
        leaves.append(
            Leaf(function, economic, "project", fund, name, initial, final, carried, kept)
        )
        wan = (initial / 10000).quantize(Decimal("0.000001"))
        projects.append(
            Project(
                name,
                f"{office.region_code}{year % 100:02d}T{seed % 1000:03d}{serial:09d}",
                function,
                economic,
                initial,
                final,
                _indicators(rng, name, wan),
            )
        )
    if trade.operating is not None:
        initial = step(rng.uniform(300_000, 2_000_000))
        final = step(float(initial) * 0.9)
        function, economic = trade.operating
        leaves.append(
            Leaf(function, economic, "operating", "operating_income", None, initial, final)
        )
    for extra, fund in ((trade.fund, "government_fund"), (trade.state_capital, "state_capital")):
        if extra is not None and not (fund == "state_capital" and year < 2016):
            initial = step(rng.uniform(200_000, 3_000_000))
            leaves.append(
                Leaf(
                    extra[0],
                    "30299",
                    "project",
                    fund,
                    extra[1],
                    initial,
                    step(float(initial) * rng.uniform(0.8, 1.0)),
                )
            )
    public = {leaf.economic: leaf for leaf in leaves if leaf.staff_split == "public"}
    overseas = step(rng.choice((0, 0, 48_000))) if office.level != "unit" else ZERO
    purchase = step(rng.choice((0, 0, 0, 180_000)))
    operation, reception = public["30231"], public["30217"]
    three = ThreePublic(
        (overseas, purchase, operation.initial, reception.initial),
        (
            step(float(overseas) * 0.9),
            step(float(purchase) * 0.95),
            operation.final,
            reception.final,
        ),
        rng.randint(4, 60),
        rng.randint(60, 700),
        rng.randint(1, 9),
    )
    account = Account(
        office,
        year,
        tuple(leaves),
        three,
        tuple(projects),
        ZERO,
        staff + rng.randint(0, 9),
        staff,
        (step(rng.uniform(9e4, 6e5)), ZERO, step(rng.uniform(2e5, 2e6))),
        quantum=quantum,
    )
    prior = step(float(account.sum("final")) * rng.uniform(0.86, 1.1))
    return replace(account, prior_total=prior)


def merge(office: Office, parts: Iterable[Account]) -> Account:
    """Consolidate accounts of one year into the department's (汇总): amounts add up."""
    accounts = list(parts)
    first = accounts[0]

    def added(pick: Callable[[Account], tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
        return tuple(sum(column, ZERO) for column in zip(*map(pick, accounts), strict=True))

    three = ThreePublic(
        added(lambda a: a.three_public.budget),  # type: ignore[arg-type]
        added(lambda a: a.three_public.final),  # type: ignore[arg-type]
        sum(a.three_public.reception_batches for a in accounts),
        sum(a.three_public.reception_persons for a in accounts),
        sum(a.three_public.vehicles for a in accounts),
    )
    return Account(
        office,
        first.year,
        tuple(leaf for a in accounts for leaf in a.leaves),
        three,
        tuple(project for a in accounts for project in a.projects),
        sum((a.prior_total for a in accounts), ZERO),
        sum(a.staff_quota for a in accounts),
        sum(a.staff_actual for a in accounts),
        added(lambda a: a.procurement),  # type: ignore[arg-type]
        tuple(a.office.name for a in accounts if a.office.level == "unit"),
        first.quantum,
    )
