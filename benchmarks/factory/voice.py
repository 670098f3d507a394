"""Sentences and their figures in one document's number style (文句与数字)."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.factory.blocks import Fact, Paragraph
from benchmarks.factory.model import Account
from benchmarks.factory.money import percent
from benchmarks.factory.style import Style

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

    def money(
        self,
        subject: str,
        amount: Decimal,
        label: str = "",
        code: str | None = None,
        measure: str = "value",
        stage: str | None = None,
        comparator: str = "none",
    ) -> list[Piece]:
        """Return an amount with its unit."""
        text = self.numbers.digits(amount)
        fact = Fact(
            "prose",
            label,
            measure,
            stage or self.stage,
            text,
            self.numbers.unit,
            self.numbers.yuan(text),
            code=code,
            subject=subject,
            comparator=comparator,
        )
        return [fact, self.numbers.unit]

    def ratio(
        self,
        subject: str,
        part: Decimal,
        whole: Decimal,
        label: str = "",
        comparator: str = "whole",
        code: str | None = None,
    ) -> list[Piece]:
        """Return a percentage of a whole, or of the budget that was executed."""
        text = percent(part, whole)
        fact = Fact(
            "prose",
            label,
            "share_ratio",
            self.stage,
            text,
            "%",
            None,
            code=code,
            subject=subject,
            comparator=comparator,
        )
        return [fact, "%"]

    def count(self, subject: str, number: int, unit: str, label: str) -> list[Piece]:
        """Return a count with its unit."""
        return [
            Fact("prose", label, "count", self.stage, str(number), unit, None, subject=subject),
            unit,
        ]

    def printed(self, amount: Decimal) -> Decimal:
        """Return the amount as it will be read from this document."""
        return self.numbers.yuan(self.numbers.digits(amount))

    def change(
        self,
        subject: str,
        now: Decimal,
        before: Decimal,
        against: str,
        comparator: str = "prior_year",
        label: str = "",
        code: str | None = None,
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
        fact = Fact(
            "prose",
            label,
            "growth_ratio",
            self.stage,
            text,
            "%",
            None,
            code=code,
            subject=subject,
            comparator=comparator,
        )
        return [
            f"比{against}{verb}",
            *self.money(subject, abs(diff), label, code, "change", comparator=comparator),
            f"，{rate}",
            fact,
            "%",
        ]


def sentence(*pieces: Piece | list[Piece]) -> Paragraph:
    """Return a paragraph of words and figures."""
    flat: list[Piece] = []
    for piece in pieces:
        flat.extend(piece if isinstance(piece, list) else [piece])
    return Paragraph(tuple(flat))


def heading(text: str) -> Paragraph:
    """Return a heading."""
    return Paragraph((text,), "heading")
