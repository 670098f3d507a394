"""Makes the bundled samples (示例文件): ``python -m benchmarks.make_samples [folder]``.

Two departments over two years with budget and final account, one of them with project
self-evaluations; a consolidated department beside one of its units; and one file that
was cut off while downloading. Running it again gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from benchmarks.factory.blocks import Disclosure
from benchmarks.factory.catalogue import Office
from benchmarks.factory.compose import budget, final_account
from benchmarks.factory.model import ZERO, Account, build, merge
from benchmarks.factory.style import BEIJING, GUANGDONG, LIAONING, SHANGHAI, SICHUAN
from benchmarks.factory.writers import write

LABOUR = Office("北京市延庆区人力资源和社会保障局", "区人力社保局", "263", "110119", "labour")
JUSTICE = Office("上海市松江区司法局", "区司法局", "148", "310117", "justice")
BUREAU = Office("德阳市罗江区人力资源和社会保障局", "区人力社保局", "309", "510604", "labour")
COURT = Office(
    "德阳市罗江区劳动人事争议仲裁院",
    "区仲裁院",
    "309003",
    "510604",
    "arbitration",
    "unit",
    BUREAU.name,
)
FINANCE = Office("佛山市三水区财政局", "区财政局", "115", "440607", "finance")

CENT, HUNDRED = Decimal("0.01"), Decimal(100)


def following(account: Account, previous: Account) -> Account:
    """Tie a year to the one before: opening balances and the comparison are its figures."""
    kept = {leaf.project: leaf.closing for leaf in previous.leaves if leaf.project}
    leaves = tuple(
        replace(leaf, opening=kept.get(leaf.project, ZERO)) if leaf.project else leaf
        for leaf in account.leaves
    )
    return replace(account, leaves=leaves, prior_total=previous.sum("final"))


def two_years(
    office: Office, first_year: int, seed: int, quantum: Decimal
) -> tuple[Account, Account]:
    """Return the accounts of two consecutive years."""
    first = build(office, first_year, seed, quantum)
    return first, following(build(office, first_year + 1, seed, quantum), first)


def samples() -> Iterator[tuple[str, Disclosure]]:
    """Yield file name and disclosure of every sample that is whole."""
    labour = two_years(LABOUR, 2022, 11, CENT)
    yield f"{LABOUR.name}2022年部门预算.xlsx", budget(labour[0], BEIJING)
    yield f"{LABOUR.name}2022年度部门决算.docx", final_account(labour[0], LIAONING, 4)
    yield f"{LABOUR.name}2023年部门预算.txt", budget(labour[1], BEIJING, targets=True)
    yield f"{LABOUR.name}2023年度部门决算.txt", final_account(labour[1], LIAONING, 5)
    justice = two_years(JUSTICE, 2023, 23, CENT)
    yield f"{JUSTICE.name}2023年部门预算.pdf", budget(justice[0], SHANGHAI)
    yield f"{JUSTICE.name}2023年度部门决算.pdf", final_account(justice[0], SHANGHAI)
    yield f"{JUSTICE.name}2024年部门预算.pdf", budget(justice[1], SHANGHAI)
    yield f"{JUSTICE.name}2024年度部门决算.docx", final_account(justice[1], SHANGHAI)
    headquarters = build(replace(BUREAU, level="headquarters"), 2021, 37, HUNDRED)
    court = build(COURT, 2021, 37, HUNDRED)
    department = merge(BUREAU, (headquarters, court))
    yield f"{BUREAU.name}2021年度部门决算.docx", final_account(department, SICHUAN)
    yield f"{COURT.name}2021年度单位决算.txt", final_account(court, SICHUAN)
    finance = build(FINANCE, 2021, 41, HUNDRED)
    yield f"{FINANCE.name}2021年度部门决算.pdf", final_account(finance, GUANGDONG)


def make(folder: Path) -> list[Path]:
    """Write all samples into ``folder`` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, disclosure in samples():
        path = folder / name
        path.write_bytes(write(disclosure, path.suffix).data)
        paths.append(path)
    whole = (folder / f"{JUSTICE.name}2023年部门预算.pdf").read_bytes()
    broken = folder / f"{JUSTICE.name}2022年部门预算.pdf"
    broken.write_bytes(whole[: len(whole) // 3])
    return [*paths, broken]


def main() -> None:
    """Write the samples into the folder given, by default ``samples``."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "samples"
    for path in make(target):
        print(f"{path.stat().st_size:>9,}  {path.name}")


if __name__ == "__main__":
    main()
