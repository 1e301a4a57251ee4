"""What all papers share: who writes, on what ground, on which day, and how a paper begins and ends."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from toolkit.model.supervision import paper_number
from toolkit.model.word_document import Block, Imprint, Paragraph, Section, Style, WordDocument
from toolkit.views.papers.paper_wording import day

NO_OFFICE = "（发文机关）"


class Letterhead(NamedTuple):
    """Who writes (NO_OFFICE where it is not known), the notice that everything rests on in 《》 ('' likewise), the day that stands on the papers.

    `code` stands before a paper's number (机关代字), `copies` name who is sent one (抄送); '' where the settings name none.
    """

    office: str
    basis: str
    today: date
    code: str = ""
    copies: str = ""

    @property
    def preamble(self) -> str:
        """Begin a sentence with the notice: 按照《…》要求，; '' where the notice has no title."""
        return f"按照{self.basis}要求，" if self.basis else ""

    def signed(self) -> tuple[Block, ...]:
        """Give the lines at the end: two empty ones for the seal, the office, the day."""
        return (Paragraph("", Style.SIGNED), Paragraph(self.office, Style.SIGNED), Paragraph(day(self.today), Style.SIGNED))

    def imprint(self) -> tuple[Block, ...]:
        """Give the lines at the very end: 抄送, who printed it, when."""
        return (Imprint(f"抄送：{self.copies}。" if self.copies else "", self.office, f"{day(self.today)}印发"),)

    def number(self, year: int, number: int) -> str:
        """Write a paper's number with the office's code, as GB/T 9704 sets it: 〔2023〕3号."""
        return paper_number(self.code, year, number)

    def paper(self, title: str, blocks: Sequence[Block], *more: Section, landscape: bool = False) -> WordDocument:
        """Make a paper of its blocks (`landscape`: across) and further sections; subject and author are the notice and the office."""
        return WordDocument(title, (Section(tuple(blocks), landscape), *more), subject=self.basis, author=self.office)


DRAFT = "草　稿（未定稿，定稿后去掉本行）"


def head(masthead: str, number: str) -> tuple[Block, ...]:
    """Begin a paper: two blocks, its masthead and its number above the red line."""
    return Paragraph(masthead, Style.MASTHEAD), Paragraph(number, Style.NUMBER)
