"""HTML page with row and column spans, as content systems publish them."""

from __future__ import annotations

from html import escape

from benchmarks.factory.blocks import Disclosure, Fact, Paragraph, Table
from benchmarks.factory.writers import Printing, Spot, Written


def write(disclosure: Disclosure, printing: Printing) -> Written:
    """Write one page."""
    out = [
        "<!DOCTYPE html>",
        f'<html lang="zh-CN"><head><meta charset="{printing.encoding}">',
        f"<title>{escape(disclosure.title)}</title></head><body>",
    ]
    if printing.layout_table:
        out.append(
            '<table width="100%"><tr><td><a href="#">首页</a> | <a href="#">政务公开</a></td></tr>'
            '<tr><td><table border="0"><tr><td>'
        )
    facts: list[tuple[Fact, Spot]] = []
    for block in disclosure.blocks:
        if isinstance(block, Paragraph):
            tag = "h1" if block.style == "title" else "p"
            out.append(f"<{tag}>{escape(block.text)}</{tag}>")
            facts += [(fact, Spot()) for fact in block.facts]
        elif isinstance(block, Table):
            out.append('<table border="1">')
            for r, row in enumerate(block.rows):
                out.append("<tr>")
                for c, cell in enumerate(row):
                    if cell is None:
                        continue
                    spans = "".join(
                        f' {n}="{v}"'
                        for n, v in (("rowspan", cell.row_span), ("colspan", cell.column_span))
                        if v > 1
                    )
                    text = escape(cell.text).replace("\n", "<br>")
                    out.append(f"<td{spans}>{text}</td>")
                    if cell.fact is not None:
                        facts.append((cell.fact, Spot(row=r, column=c)))
                out.append("</tr>")
            out.append("</table>")
    if printing.layout_table:
        out.append("</td></tr></table></td></tr><tr><td>网站地图</td></tr></table>")
    out.append("</body></html>")
    return Written("\n".join(out).encode(printing.encoding), tuple(facts))
