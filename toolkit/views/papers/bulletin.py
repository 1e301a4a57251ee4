"""通报: how a quarter went, by name, with what is asked of whom next; every figure is the consolidated workbook's."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.model.rules import RED, YELLOW, Rules
from toolkit.model.standing import Assessment, Round
from toolkit.model.word_document import Block, Paragraph, Style, WordDocument
from toolkit.views.consolidated.laggards import LaggingTask, laggards
from toolkit.views.consolidated.tallies import share
from toolkit.views.consolidated.task_table import has_indicators
from toolkit.views.papers.annexes import Annex, annex_section, indicator_annex, laggard_annex
from toolkit.views.papers.bulletin_words import indicator_sentences, next_steps, problems
from toolkit.views.papers.figures import meanings
from toolkit.views.papers.letterhead import DRAFT, Letterhead, head
from toolkit.views.papers.paper_wording import named, numeral

MASTHEAD = "督查通报"


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a bulletin is about: the round and what was made of it, the rules, the quarter before where there is one."""

    state: Round
    assessment: Assessment
    rules: Rules
    before: tuple[Round, Assessment] | None = None

    def late(self) -> list[LaggingTask]:
        """Tasks that lag, red before yellow, furthest behind first."""
        return laggards(self.state, self.assessment)


def bulletin_title(state: Round) -> str:
    """Name the bulletin: 关于2023年第一季度目标任务进展情况的通报."""
    return f"关于{_when(state)}目标任务进展情况的通报" if has_indicators(state) else f"关于{_when(state)}{state.form.name}情况的通报"


def _when(state: Round) -> str:
    """Name the time a bulletin is about; its form is named beside it where its rows are its own."""
    return state.period.label if has_indicators(state) else state.period.span_label


def _opening(state: Round, letterhead: Letterhead) -> str:
    if has_indicators(state):
        return f"{letterhead.preamble}现将{_when(state)}目标任务进展情况通报如下。"
    return f"{letterhead.preamble}现将{_when(state)}{state.form.name}情况通报如下。"


def bulletin(quarter: Quarter, letterhead: Letterhead, number: int, *, is_draft: bool = False) -> WordDocument:
    """Write the bulletin; chapters that would have nothing to say are left out and the others are numbered on. A draft says that it is one."""
    state = quarter.state
    annexes = [annex for annex in (laggard_annex(quarter.late(), quarter.rules, state), indicator_annex(state, quarter.assessment)) if annex]
    chapters = (
        ("总体情况", tuple(_overall(quarter))),
        ("指标完成情况", tuple(indicator_sentences(state, quarter.assessment, annexes))),
        ("存在问题", tuple(problems(state, quarter.assessment, quarter.late(), quarter.rules, annexes))),
        ("下一步要求", tuple(next_steps(state, quarter.late()))),
    )
    title = bulletin_title(state)
    blocks: list[Block] = [
        *([Paragraph(DRAFT, Style.NOTE)] if is_draft else []),
        *head(MASTHEAD, letterhead.number(state.period.year, number)),
        Paragraph(f"关于{_when(state)}目标任务\n进展情况的通报" if has_indicators(state) else title.replace("进展情况", "\n进展情况"), Style.TITLE),
        Paragraph("各有关单位：", Style.ADDRESSEE),
        Paragraph(_opening(state, letterhead)),
    ]
    for place, (name, paragraphs) in enumerate([chapter for chapter in chapters if chapter[1]], 1):
        blocks += [Paragraph(f"{numeral(place)}、{name}", Style.HEADING), *paragraphs]
    blocks += [*_named_below(annexes), *letterhead.signed()]
    if not annexes:
        return letterhead.paper(title, [*blocks, *letterhead.imprint()])
    annex = annex_section(annexes)
    return letterhead.paper(title, blocks, annex._replace(blocks=(*annex.blocks, *letterhead.imprint())))


def _overall(quarter: Quarter) -> Iterator[Paragraph]:
    state, names = quarter.state, meanings(quarter.rules, quarter.state.task_form.light)
    yield Paragraph(_returns(state))
    total, found = len(state.tasks), quarter.assessment.counted()
    if total:
        (only,) = ([light for light, count in found.items() if count == total] or [""])[:1]
        if only:
            yield Paragraph(f"从进度看，{_every(total, state)}{names[only]}。{_compared(quarter)}")
        else:
            shares = "；".join(f"{names[light]}{count}项，占{share(count, total)}" for light, count in found.items() if count)
            yield Paragraph(f"从进度看，全部{total}项{_items(state)}中，{shares}。{_compared(quarter)}")


def _items(state: Round) -> str:
    """Name what the rows are, after a count."""
    return "目标任务" if has_indicators(state) else state.form.name


def _every(total: int, state: Round) -> str:
    return f"这1项{_items(state)}为" if total == 1 else f"全部{total}项{_items(state)}均为"


def _returns(state: Round) -> str:
    due = len(state.units)
    returned = [unit for unit in state.units if unit.outcome]
    punctual = [unit for unit in returned if unit.on_time]
    if not returned:
        return f"从报送看，应报送的{due}家单位均未报送。" if due > 1 else "从报送看，应报送的1家单位没有报送。"
    if len(punctual) == due:
        return f"从报送看，应报送的{due}家单位全部按时报送，报送率、按时报送率均为100%。" if due > 1 else "从报送看，应报送的1家单位已按时报送。"
    in_time = f"按时报送{len(punctual)}家，按时报送率{share(len(punctual), due)}" if punctual else "没有单位按时报送"
    if len(returned) == due:
        return f"从报送看，应报送的{due}家单位已全部报送，报送率100%；{in_time}。"
    return f"从报送看，应报送单位{due}家，已报送{len(returned)}家，报送率{share(len(returned), due)}；{in_time}。"


def _compared(quarter: Quarter) -> str:
    """Say what has changed against the quarter before; nothing where there is none."""
    if quarter.before is None:
        return ""
    earlier, judged = quarter.before
    names, then, now = meanings(quarter.rules, quarter.state.task_form.light), judged.counted(), quarter.assessment.counted()
    changes = [f"{names[light]}{'增加' if now[light] > then[light] else '减少'}{abs(now[light] - then[light])}项" for light in now if now[light] != then[light]]
    since = earlier.period.label.removeprefix(f"{earlier.period.year}年")
    comparison = f"与{since}相比，{'，'.join(changes)}" if changes else f"与{since}相比，各类任务项数没有变化"
    lagging = (RED, YELLOW)
    both = [number for number in quarter.assessment.lights if number in judged.lights]
    better = [text for text in both if judged.lights[text] in lagging and quarter.assessment.lights[text] not in (*lagging, "灰")]
    worse = [text for text in both if judged.lights[text] not in lagging and quarter.assessment.lights[text] in lagging]
    moved = [f"{named(numbers, 5, '项任务')}{words}" for numbers, words in ((better, "由滞后转为正常"), (worse, "转为滞后")) if numbers]
    return f"{comparison}。" + (f"其中，{'；'.join(moved)}。" if moved else "")


def _named_below(annexes: list[Annex]) -> Iterator[Paragraph]:
    """Name the annexes under the text; a single one has no number."""
    if len(annexes) == 1:
        yield Paragraph(f"附件：{annexes[0].title}", Style.ANNEXES)
        return
    if annexes:
        yield Paragraph("附件：" + "\n".join(f"{place}．{annex.title}" for place, annex in enumerate(annexes, 1)), Style.ANNEXES)
