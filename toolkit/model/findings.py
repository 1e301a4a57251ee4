"""Findings: a sentence of the catalogue said at one place, with the facts that fill it in. Codes and levels are the catalogue's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.model.finding_codes import BY_ID, Code, Level, Text
from toolkit.model.place import Place

__all__ = ["ADOPT", "BY_ID", "EXEMPT", "SENT_BACK", "SETTLED", "TRIAL", "Code", "Finding", "Level", "Text"]

TRIAL = "试行"
EXEMPT = "豁免"
OPTIONAL = "optional"  # a fact: what is missing may be left out
_TOGETHER = "同样的情况共 {together} 处：{cells}。"


ADOPT = "采用批注"  # what stands beside the cell is its answer
SETTLED = ("接受", "豁免", ADOPT)  # verdicts after which a finding counts no more
SENT_BACK = "退回"


_FORMER = {  # what findings that an earlier edition of the program kept lack: then every form was spoken of in these words
    "state": "进展状态", "status": "已完成", "progress": "累计进度", "running": "推进中", "done": "已完成", "idle": "未启动",
    "by": "单位的工作方案", "until": "本季", "rounds": "个季度",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong at one place; the sentence is made when it is shown.

    `aside` says why the rules do not let it count: 试行, or 豁免 with its reason; '' where they do. `verdict` is the clerk's own word on it
    (接受, 退回, 豁免, 采用批注), `word` the reason given. `number` is the task it is about ('' for none or several), `mark` the 认定号 of what was said
    there, `former` in words what the office ruled when something else was said. `stated` are the unit's own words on it, `answered` whether
    they end it in the unit's sight; it counts as before.

    A finding that stands for several of its sort has the facts `together` (how many) and `cells`.
    """

    code: Code
    place: Place
    facts: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    title: str = ""
    aside: str = ""
    verdict: str = ""
    word: str = ""
    number: str = ""
    mark: str = ""
    former: str = ""
    stated: str = ""
    answered: bool = False

    @property
    def counts(self) -> bool:
        """Whether it acts: is counted, keeps an error's value out, asks for a receipt."""
        return not self.aside and self.verdict not in SETTLED

    @property
    def shown_level(self) -> str:
        """The word of its level (错误, 待核, 提示); 试行 for a rule on trial."""
        return TRIAL if self.aside == TRIAL else self.level.value

    @property
    def back(self) -> str:
        """What a unit reads of the clerk's having sent it back, with the reason; '' where the clerk did not."""
        if self.verdict != SENT_BACK:
            return self.word
        return f"本办已退回：{self.word}" if self.word else "本办已退回，请核实。"

    @property
    def level(self) -> Level:
        """The level of its code, also on trial or exempted; a hint where it is about what may be left out."""
        return Level.NOTE if OPTIONAL in self.facts else self.code.text.level

    @property
    def message(self) -> str:
        """What was seen, as a sentence, with the reason of an exemption in front; raises KeyError when a fact is missing."""
        text = self.code.text.message + (_TOGETHER if "together" in self.facts else "")
        reason = f"{self.aside}。" if self.aside and self.aside != TRIAL else ""
        return reason + text.format_map({**_FORMER, "title": self.title, **self.facts})

    @property
    def advice(self) -> str:
        """What to do, as a sentence; raises KeyError when a fact is missing."""
        return self.code.text.advice.format_map({**_FORMER, "title": self.title, **self.facts})


_KEPT = "这里现在是以前报的内容，仍在采用；内容没有变的，在“单位说明”里写“情况属实”，有变的直接改。"


class Fault(NamedTuple):
    """The finding, and where it belongs: table sheet, row key, field code; '' where it is wider than that.

    `kept` says that what stands there is of an earlier return, and goes on being taken.
    """

    finding: Finding
    table: str = ""
    key: str = ""
    code: str = ""
    kept: bool = False

    @property
    def advice(self) -> str:
        """What a unit reads of what to do; of a value that is kept also how to say that it holds."""
        return f"{self.finding.advice}{_KEPT if self.kept else ''}{self.finding.back}"
