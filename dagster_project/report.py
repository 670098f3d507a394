"""The page about the last gates (质量报告): one HTML file that opens offline.

Everything that came from a file is escaped; the page loads nothing. What it shows is
read from the load and the working database; nothing is decided here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

import duckdb

from dagster_project import storage
from dagster_project.load import Load
from dagster_project.schema import GateRow, ManifestRow, RejectedRow
from extract.reasons import reasons

TEMPLATE = Path(__file__).with_name("report.html")
SHOWN_ROWS = 200
PAGES = (
    "SELECT engine, coalesce(reason, ''), sum(pages)::BIGINT FROM raw.page_reading "
    "GROUP BY ALL ORDER BY 3 DESC, 1, 2"
)
GATE_NAMES = {"landing": "入库文件 Landing", "raw": "原始表 Raw tables", "marts": "集市 Marts"}


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    written_at: dt.datetime
    load_id: str
    stopped: str | None
    loaded: int
    """Documents in the warehouse."""
    quarantined: Sequence[ManifestRow]
    gates: Sequence[GateRow]
    rejected: Sequence[RejectedRow]
    findings: Sequence[tuple[str, int]]
    """Findings by code, most frequent first."""
    methods: Sequence[tuple[str, int]]
    """Documents by way of reading."""
    pages: Sequence[tuple[str, str, int]]
    """Pages of PDFs by engine and by why the fast one was not trusted with them."""
    seconds: Sequence[tuple[str, float]]


def write_report(load: Load, *, stopped: str | None = None) -> Path:
    """Write ``reports/gates.html`` for the load and return its path."""
    target = load.settings.reports_dir / "gates.html"
    partial = target.with_suffix(".tmp")
    partial.write_text(render(collect(load, stopped)), encoding="utf-8")
    partial.replace(target)
    return target


def collect(load: Load, stopped: str | None) -> Content:
    """Gather what the page shows; a load that was stopped shows its own documents."""
    with storage.connect(load.settings.database) as connection:
        storage.ensure_schema(connection)
        manifest = {row.content_sha256: row for row in storage.read_manifest(connection)}
        loads = storage.read_load_ids(connection)
        load_id = load.load_id if load.attempts or not loads else loads[-1]
        gates = storage.read_gate_results(connection, load_id)
        rejected = storage.read_rejected_rows(connection, SHOWN_ROWS)
        findings = _counts(connection, "SELECT code, count(*) FROM raw.finding")
        pages = connection.execute(PAGES).fetchall()
        methods = _counts(connection, "SELECT extraction_method, count(*) FROM raw.document")
    if not load.committed:
        manifest |= {row.content_sha256: row for row in load.manifest_rows(manifest)}
        gates = load.gate_rows(tuple(GATE_NAMES)) or gates
    return Content(
        written_at=dt.datetime.now().astimezone(),
        load_id=load_id,
        stopped=stopped,
        loaded=sum(row.status == "loaded" for row in manifest.values()),
        quarantined=[row for row in manifest.values() if row.status == "quarantined"],
        gates=gates,
        rejected=rejected,
        findings=findings,
        methods=methods,
        pages=pages,
        seconds=list(load.seconds.items()),
    )


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, int]]:
    return connection.execute(f"{query} GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()


def render(content: Content) -> str:
    """Return the page."""
    failed = [row for row in content.gates if not row.success]
    tiles = [
        ("已入库文件 documents loaded", content.loaded),
        ("隔离文件 quarantined", len(content.quarantined)),
        ("检查 checks", len(content.gates)),
        ("未通过 failed checks", len(failed)),
        ("隔离行 rows taken out", len(content.rejected)),
    ]
    sections = [
        _quarantine(content.quarantined),
        _failed(failed),
        _rejected(content.rejected),
        _gates(content.gates),
        _findings(content.findings),
        _section("读取方式 Ways of reading", ("方式 method", "文件 documents"), content.methods),
        _section(
            "PDF 页的读取 How PDF pages were read",
            ("引擎 engine", "原因 reason", "页 pages"),
            content.pages,
        ),
        _section(
            "用时 Seconds",
            ("步骤 step", "秒 seconds"),
            [(step, f"{seconds:.2f}") for step, seconds in content.seconds],
        ),
    ]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        written=escape(f"{content.written_at:%Y-%m-%d %H:%M:%S %Z} · load {content.load_id}"),
        banner=_banner(content.stopped, failed),
        tiles="".join(f'<div class="tile"><b>{n:,}</b>{escape(t)}</div>' for t, n in tiles),
        sections="".join(sections),
    )


def _banner(stopped: str | None, failed: Sequence[GateRow]) -> str:
    if stopped:
        verdict = "本次装载已停止，未发布任何数据。Load stopped, nothing published."
        return f'<div class="banner bad"><b>{verdict}</b><br>{escape(stopped)}</div>'
    if failed:
        text = (
            "未通过检查的行和文件已隔离，其余照常发布。"
            "What failed is in quarantine; the rest was published."
        )
    else:
        text = "所有检查均通过。All checks passed."
    return f'<div class="banner">{escape(text)}</div>'


def _quarantine(rows: Sequence[ManifestRow]) -> str:
    known = reasons()
    body = []
    for row in sorted(rows, key=lambda row: row.file_name):
        reason = known.get(row.reason_code or "")
        texts = (reason.reason_zh, reason.reason_en) if reason else (row.reason_code or "", "")
        hints = (reason.release_hint_zh, reason.release_hint_en) if reason else ("", "")
        body.append(
            _row(
                _cell(row.file_name, row.content_sha256[:12]),
                _cell(texts[0], texts[1], row.reason_code or "", row.detail or ""),
                _cell(*hints),
                _cell(str(row.attempts)),
            )
        )
    heads = ("文件 file", "原因 reason", "如何放行 how to release", "次数 attempts")
    return _table("隔离的文件 Quarantined documents", heads, body)


def _failed(rows: Sequence[GateRow]) -> str:
    if not rows:
        return ""
    return _section(
        "未通过的检查 Failed checks",
        ("套件 suite", "检查 check", "观察 observed"),
        [(row.suite, row.expectation, row.observed) for row in rows],
    )


def _rejected(rows: Sequence[RejectedRow]) -> str:
    if not rows:
        return ""
    return _section(
        "质量门取出的行 Rows taken out by gates",
        ("表 table", "文件 document", "观察 observed", "出处 source_key"),
        [(r.dataset, r.document_key[:12], r.observed, r.source_key or "") for r in rows],
    )


def _gates(rows: Sequence[GateRow]) -> str:
    parts = []
    for gate, name in GATE_NAMES.items():
        body = [
            _row(
                _cell(row.suite),
                _cell(row.expectation),
                _verdict(row.success),
                _cell(row.observed),
            )
            for row in rows
            if row.gate == gate
        ]
        heads = ("套件 suite", "检查 check", "结果 result", "观察 observed")
        table = _grid(heads, body) if body else "<p class=soft>未运行 not run</p>"
        title = f"{escape(name)} · {len(body)}"
        parts.append(f"<details><summary>{title}</summary>{table}</details>")
    return "<h2>全部检查 All checks</h2>" + "".join(parts)


def _findings(counts: Sequence[tuple[str, int]]) -> str:
    known = reasons()
    body = []
    for code, count in counts:
        reason = known.get(code)
        texts = (reason.reason_zh, reason.reason_en) if reason else ()
        body.append(_row(_cell(code, *texts), _cell(f"{count:,}")))
    return _table("文件中的问题 Findings in documents", ("问题 finding", "个数 count"), body)


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    body = [_row(*(_cell(str(value)) for value in row)) for row in rows]
    return _table(title, heads, body)


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _cell(text: str, *hints: str) -> str:
    small = "".join(f"<div class=hint>{escape(hint)}</div>" for hint in hints if hint)
    return f"<td>{escape(text)}{small}</td>"


def _verdict(success: bool) -> str:
    return "<td class=pass>通过 pass</td>" if success else "<td class=fail>未通过 fail</td>"


def _table(title: str, heads: Sequence[str], body: Sequence[str]) -> str:
    content = _grid(heads, body) if body else "<p class=soft>无 none</p>"
    return f"<h2>{escape(title)}</h2>{content}"


def _grid(heads: Sequence[str], body: Sequence[str]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return f"<div class=scroll><table><tr>{head}</tr>{''.join(body)}</table></div>"
