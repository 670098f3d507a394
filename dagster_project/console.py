"""What the command line prints (终端输出): text made from results, nothing decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from dagster_project import load as loading
from dagster_project.lookup import published_counts
from dagster_project.runner import Report
from dagster_project.schema import ManifestRow
from dagster_project.settings import Settings
from dagster_project.unmapped import TO_CHOOSE, Unmapped
from extract.reasons import reasons

out = Console(highlight=False, soft_wrap=True)

STEPS = ("start-up", "scan", "extraction", "gates", "raw", "dbt", "publish", "total")
QUERY = (
    "SELECT department_key, fiscal_year, amount_stage, sum(amount_yuan) "
    "FROM marts.fact_expenditure WHERE is_rollup_base GROUP BY ALL ORDER BY ALL"
)
SHOWN = 20
SHOWN_REASONS = 5


@contextmanager
def progress() -> Iterator[loading.Progress | None]:
    """Show documents done while they are read, where standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("reading documents 读取文件", total=None)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield update


def print_report(settings: Settings, report: Report) -> None:
    """Say what a run did and what to try next."""
    seconds = report.seconds
    if report.skipped:
        out.print(
            f"Nothing new 没有新文件; the warehouse is up to date ({seconds['total']:.1f} s)."
        )
        out.print(f"Database 数据库  {settings.published}")
        return
    out.print(
        f"Documents 文件  {report.loaded} loaded 入库, {len(report.quarantined)} quarantined 隔离, "
        f"{report.files_unchanged} unchanged 未变; {report.rows:,} raw rows 原始行"
    )
    for name, code, detail in report.quarantined[:SHOWN]:
        out.print(f"  [yellow]{escape(name)}[/]  {_reason(code)}")
        if detail:
            out.print(f"      [dim]{escape(detail)}[/]")
    if len(report.quarantined) > SHOWN:
        out.print(f"  … {len(report.quarantined) - SHOWN} more 更多: mingzhang quarantine")
    if not report.success:
        out.print("[bold red]The run failed; nothing was published 运行失败，未发布任何数据。[/]")
        for failure in report.failures:
            out.print(f"  {escape(failure)}")
        out.print(f"Gate report 质量报告  {settings.reports_dir / 'gates.html'}")
        return
    if report.pages:
        out.print(f"PDF pages PDF 页  {_pages(report.pages)}", markup=False)
    counts = published_counts(settings)
    out.print(f"Marts 集市  {', '.join(f'{name} {n:,}' for name, n in _marts(counts))}")
    out.print(f"Audit 审计  {', '.join(f'{name} {n:,}' for name, n in _audit(counts))}")
    parts = [f"{step} {seconds[step]:.1f}" for step in STEPS if step in seconds]
    out.print(f"Seconds 用时  {', '.join(parts)}")
    out.print(f"Database 数据库  {settings.published}")
    out.print("\nTry next 下一步:")
    out.print("  1. a query 查询")
    out.print(
        f'     .venv/bin/python -c "import duckdb; print(duckdb.connect('
        f"'{settings.published}', read_only=True).sql('{QUERY}'))\"",
        markup=False,
    )
    out.print("  2. the Dagster page 编排页面: make dev, then http://127.0.0.1:3000")
    out.print("  3. the quarantine 隔离区: .venv/bin/mingzhang quarantine")
    out.print(f"     and the gate report 质量报告: {settings.reports_dir / 'gates.html'}")


def _pages(pages: Counter[tuple[str, str | None]]) -> str:
    """Pages by engine, each with the reasons why no faster one read them."""
    engines: Counter[str] = Counter()
    for (engine, _), count in pages.items():
        engines[engine] += count
    parts = []
    for engine, count in engines.most_common():
        reasons_of = Counter({why: n for (name, why), n in pages.items() if name == engine and why})
        listed = ", ".join(f"{why} {n:,}" for why, n in reasons_of.most_common(SHOWN_REASONS))
        parts.append(f"{engine} {count:,}" + (f" ({listed})" if listed else ""))
    return ", ".join(parts)


def _marts(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(n.split(".")[1], c) for n, c in counts.items() if n.startswith("marts.")]


def _audit(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(n.split(".")[1], c) for n, c in counts.items() if n.startswith("audit.")]


def _reason(code: str) -> str:
    reason = reasons().get(code)
    if reason is None:
        return escape(code)
    return escape(f"{code}: {reason.reason_zh} / {reason.reason_en}")


def print_status(settings: Settings, counts: dict[str, int]) -> None:
    """Say where everything lies and how much of it there is."""
    out.print(f"Landing 入库目录    {settings.landing_dir}")
    out.print(f"Database 数据库    {settings.published}")
    out.print(f"Gate report 质量报告  {settings.reports_dir / 'gates.html'}")
    table = Table("table 表", "rows 行", box=None)
    table.columns[1].justify = "right"
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    out.print(table)


def print_quarantine(rows: Sequence[ManifestRow]) -> None:
    """List quarantined documents with the reason and what releases them."""
    if not rows:
        out.print("The quarantine is empty 没有隔离的文件。")
    for row in rows:
        reason = reasons().get(row.reason_code or "")
        out.print(f"[bold]{escape(row.file_name)}[/]  {_reason(row.reason_code or '')}")
        if row.detail:
            out.print(f"  seen 所见    {escape(row.detail)}")
        if reason is not None:
            hint = f"{reason.release_hint_zh} / {reason.release_hint_en}"
            out.print(f"  release 放行  {escape(hint)}")
        out.print(f"  [dim]{escape(row.path)}  sha256 {row.content_sha256}[/]")


def print_unmapped(titles: Sequence[Unmapped], headers: Sequence[Unmapped]) -> None:
    """List what no layout knows, most frequent first, with the row that would teach it."""
    for name, found in (("Table titles 表名", titles), ("Column headers 表头", headers)):
        out.print(f"{name}: {len(found)}")
        for item in found:
            code = f" [{item.statement_code}]" if item.statement_code else ""
            text = " ".join((item.text or "(no title 无表名)").split())
            out.print(f"  {item.occurrences:>5}  {escape(text + code)}")
            if item.header_text:
                out.print(f"         [dim]{escape(item.header_text)}[/]")
            where = f"{item.example_file}  {item.example_place}"
            out.print(f"         in {item.documents} documents 个文件, such as {escape(where)}")
            out.print(f"         [dim]{item.layout}:[/] {escape(item.row)}")
    if titles or headers:
        out.print(
            f"Put the rows into extract/layouts, with a code for each {TO_CHOOSE} "
            f"将以上各行加入对应文件，并把 {TO_CHOOSE} 换成代码"
        )
    out.print("How to add a layout 如何添加版式: docs/adding-a-layout.md")
