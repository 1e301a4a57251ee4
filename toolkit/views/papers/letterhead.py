"""What all papers share: who writes, on what ground, on which day, and how a paper begins and ends."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from toolkit.model.word_document import Block, Paragraph, Section, Style, WordDocument
from toolkit.views.papers.paper_wording import day

NO_OFFICE = "（发文机关）"


class Letterhead(NamedTuple):
    """Who writes (NO_OFFICE where it is not known), the notice that everything rests on in 《》 ('' likewise), the day that stands on the papers."""

    office: str
    basis: str
    today: date

    @property
    def preamble(self) -> str:
        """Begin a sentence with the notice: 按照《…》要求，"""
        return f"按照{self.basis}要求，" if self.basis else ""

    def signed(self) -> tuple[Block, ...]:
        """Give the lines at the end: two empty ones for the seal, the office, the day."""
        return (Paragraph("", Style.SIGNED), Paragraph(self.office, Style.SIGNED), Paragraph(day(self.today), Style.SIGNED))

    def paper(self, title: str, blocks: Sequence[Block], *more: Section, landscape: bool = False) -> WordDocument:
        """Make a paper of its blocks and further sections."""
        return WordDocument(title, (Section(tuple(blocks), landscape), *more), subject=self.basis, author=self.office)


def head(masthead: str, number: str) -> tuple[Block, ...]:
    """Begin a paper: its masthead, its number above the red line."""
    return Paragraph(masthead, Style.MASTHEAD), Paragraph(number, Style.NUMBER)
