"""催报文字: what each unit, and the group of all, is told in a chat: what is missing, until when, what to correct, whom to ask."""

from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.model.findings import Finding
from toolkit.model.letter import Wording
from toolkit.model.message import Message, Owed
from toolkit.model.standing import Round, UnitStanding
from toolkit.model.words import SOURCE, Words
from toolkit.views.kept_texts import texts_of_round
from toolkit.views.letter_texts import GROUP_TEXT, UNIT_TEXT
from toolkit.views.papers.node_reminder import judged_on, node_sentence, overdue_nodes
from toolkit.views.papers.paper_wording import day, one_line, short
from toolkit.views.papers.reminder import duties, later_sentence, nothing_taken, owing_units, rows_later

_FAULTS, _WORDS, _REASON = 3, 46, 60  # faults that a text names, characters of each, and of the reason why a return was not taken
_SEVERAL = 2  # units above, from which on a list is grouped by them
_LATIN = 120  # characters of a fault in a language written with letters
_LISTS = frozenset({"未报名单", "退改名单"})
_UNTAKEN, _ALL_WRONG = "，内容都没有采用", "填的都有错误，没有采用任何内容，"
_LINE = "————————"
GROUP = "工作群"


def messages(
    state: Round, mend: Mapping[str, Owed], wordings: Mapping[str, Wording], *, today: date, answer_by: date, office: str, ask: str, words: Words = SOURCE
) -> tuple[Message, ...]:
    """Write to the group first, then to every unit that owes a return, corrections (`mend`) or tasks that came later, or has milestones overdue; else nothing.

    `answer_by` is the day that is asked for where the deadline has passed; `ask` says who answers questions, the office itself where it is ''.
    """
    silent, words = owing_units(state), words.keeping(texts_of_round(state))
    names = {unit.unit for unit in silent}
    wrong = [unit for unit in state.units if unit.unit in mend and unit.unit not in names]
    on = judged_on(state, today)
    overdue = {unit: node_sentence(nodes, on) for unit, nodes in overdue_nodes(state, on).items()}
    later, empty = rows_later(state), nothing_taken(state)
    behind = [unit for unit in state.units if (unit.unit in overdue or unit.unit in later) and unit not in silent and unit not in wrong]
    if not silent and not wrong and not behind:
        return ()
    common = {
        "期间": state.period.label,
        "今天": day(today),
        "应报": str(len(state.units)),
        "已报": str(len(state.units) - len(silent)),
        "未报名单": _listed("还没有报或者没有采用的", [unit.unit for unit in silent], _by_parent(silent, state)),
        "退改名单": "\n".join(
            filter(
                None,
                (
                    _listed("报了还要修改的", [f"{unit.unit}（{mend[unit.unit].places}处{_UNTAKEN if unit.unit in empty else ''}）" for unit in wrong]),
                    _listed("报了还要补报的", [f"{unit}（{rows}）" for unit, rows in later.items()]),
                ),
            )
        ),
        "问谁": ask or office or "本办公室",
        "办公室": office,
    }

    def message(unit: UnitStanding, matter: str) -> Message:
        due = unit.due or state.due
        until = day(answer_by if due is None or today > due else due)
        known = state.master.resolve(unit.unit)
        also = overdue.get(unit.unit, "")
        matter = "；".join(filter(None, (matter, later_sentence(later.get(unit.unit, "")))))
        matter = "；".join(filter(None, (matter, also if not matter else also and f"另{also}")))
        facts = {**common, "单位": unit.unit, "联系人": known.contact if known else "", "期限": until, "事由": matter}
        reach = "　".join(address for address in (known.contact, known.phone) if address) if known else ""
        return Message(unit.unit, reach, _text(wordings[UNIT_TEXT], facts, words))

    until = day(answer_by if state.due is None or today > state.due else state.due)
    group = Message("", "", _text(wordings[GROUP_TEXT], {**common, "单位": "", "联系人": "", "期限": until, "事由": ""}, words))
    return (
        group,
        *(message(unit, _missing(unit, state)) for unit in silent),
        *(message(unit, _to_mend(mend[unit.unit], is_empty=unit.unit in empty)) for unit in wrong),
        *(message(unit, "") for unit in behind),
    )


def fault_words(finding: Finding, words: Words = SOURCE) -> str:
    """Say in a few words, in a language, where a fault is and what it is."""
    title, message = words.shown(finding.title), short(words.shown(finding.message), _WORDS if words.is_source else _LATIN)
    message = message if words.is_source else message.rstrip(" .")
    where = f"{finding.number}“{title}”" if finding.number and title else finding.number or title
    cell = where or f"{words.shown(finding.place.sheet)}{finding.place.cell}"
    return words.shown(f"{cell}：{message}") if cell else message


def as_text(found: Sequence[Message]) -> str:
    """Write all texts one below the other, each under the name of whom it is for and how long it is: a short message is paid by its length."""
    parts = []
    for message in found:
        head = f"【{message.unit or GROUP}】{message.reach}".rstrip()
        parts.append(f"{head}（{len(message.text)} 字）" + f"\n{message.text}\n")
    return f"{_LINE}\n".join(parts)


def _missing(unit: UnitStanding, state: Round) -> str:
    if unit.outcome is None:
        return f"还没有收到（{duties(unit.unit, state)}）" if duties(unit.unit, state) else "还没有收到"
    return f"报来的没有采用（{unit.outcome.words}{f'：{short(unit.reason, _REASON)}' if unit.reason else ''}）"


def _to_mend(owed: Owed, *, is_empty: bool) -> str:
    named = "；".join(one_line(fault) for fault in owed.faults[:_FAULTS])
    more = "等，都标在退改表里" if owed.places > min(len(owed.faults), _FAULTS) else ""
    return f"{_ALL_WRONG if is_empty else ''}有 {owed.places} 处需要修改" + (f"：{named}{more}" if named else "，都标在退改表里")


def _listed(what: str, names: Sequence[str], grouped: str = "") -> str:
    return f"{what}（{len(names)} 家）：{grouped or '、'.join(names)}。" if names else ""


def _by_parent(units: Sequence[UnitStanding], state: Round) -> str:
    """List units under the one above each; '' where no two units above are named."""
    groups: dict[str, list[str]] = {}
    for unit in units:
        known = state.master.resolve(unit.unit)
        groups.setdefault(known.parent if known else "", []).append(unit.unit)
    if len(groups.keys() - {""}) < _SEVERAL:
        return ""
    return "；".join(f"{parent}：{'、'.join(names)}" if parent else "、".join(names) for parent, names in sorted(groups.items(), key=lambda item: not item[0]))


def _text(wording: Wording, facts: Mapping[str, str], words: Words) -> str:
    """Fill in a wording; a line with nothing in it is left out."""
    clean = {name: _lines(value, words) if name in _LISTS else words.shown(one_line(value)) for name, value in facts.items()}
    lines = (line.strip() for line in wording.filled(clean).text.splitlines())
    return "\n".join(line for line in lines if line)


def _lines(text: str, words: Words) -> str:
    return "\n".join(words.shown(line) for line in text.splitlines())
