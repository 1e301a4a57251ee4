"""Reads how a form definition is judged: 灯, 计分, 文书 and the like of sheet 表单, held against the uses of its columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow
from toolkit.model.answered_doubts import names_in
from toolkit.model.column_uses import USES
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import BUDGET, ENDED, NO_PAPER, PAPERS, PROGRESS, SPENT, STATUS, LightRule, Source, Table, Total
from toolkit.model.form_totals import NOT_FURTHER, further_totals, has_totals

Settings = Mapping[str, list[OfficeRow]]
LIGHT, SCORED, PAPER, LANGUAGE, BOOK_SHEET, ISSUED_TO = "灯", "计分", "文书", "语言", "汇总表", "发给"
_YES_NO = {"是": True, "否": False}
_NAMES = {code: use for use, code in USES.items()}


class FormRules(NamedTuple):
    """How the rows of a form are judged and shown."""

    light: LightRule
    scored: bool
    papers: tuple[str, ...]
    language: str
    book_sheet: str
    issued_to: tuple[str, ...]


def read_form_rules(book: OfficeBook, settings: Settings, tables: Sequence[Table]) -> FormRules:
    """Read them; what is not set follows from the columns of the first table, as a clerk would expect."""
    main = tables[0] if tables else None
    light = _word(settings, LIGHT, tuple(LightRule))
    if light and main is not None and not any(fault.level is Level.ERROR for fault in book.faults):
        _hold_against(settings, LightRule(light), main)
    rule = LightRule(light) if light else usual_light(main)
    book.faults += [finding for table in tables for finding in _unused_totals(table, is_main=table is main)]
    scored = _YES_NO.get(_word(settings, SCORED, tuple(_YES_NO)), True)
    language, sheet = _language(_first(settings, LANGUAGE)), _first(settings, BOOK_SHEET) or "任务进展"
    return FormRules(rule, scored, tuple(_papers(settings)), language, sheet, _words(settings, ISSUED_TO))


def _unused_totals(table: Table, *, is_main: bool) -> Iterator[Finding]:
    """Say which totals (汇总) come to nothing, and what could be written instead."""
    used = table.summed if is_main else further_totals(table) if has_totals(table) else ()
    for field in (field for field in table.fields if field.total is not Total.NONE and field not in used):
        choices = "第一张表清单里的栏目，和各张表里单位填报的栏目"
        if not is_main and not has_totals(table):
            choices = f"别的表的栏目；“{table.sheet}”的各行另有自己的台账，不合在一起，请把这一格清空"
        elif not is_main and field.total is NOT_FURTHER and field.source is Source.FILLED:
            choices = "第一张表的加权；别的表的行没有权重，请改成合计、平均或计数"
        yield Finding(Code.NO_EFFECT, field.place, {"seen": field.total, "choices": choices}, title="汇总")


def usual_light(main: Table | None) -> LightRule:
    """Say by which rule a form's lights are found whose definition says none: what its columns can tell."""
    if main is None or main.field(PROGRESS) is not None:
        return LightRule.PROGRESS
    if main.field(BUDGET) is not None and main.field(SPENT) is not None:
        return LightRule.AMOUNT
    return LightRule.DAY if main.field(STATUS) is not None or main.field(ENDED) is not None else LightRule.NONE


def _hold_against(settings: Settings, rule: LightRule, main: Table) -> None:
    """Say which columns a rule needs that the first table has not."""
    has = {field.code for field in main.fields}
    lacks = {
        LightRule.PROGRESS: () if PROGRESS in has else ((PROGRESS,),),
        LightRule.AMOUNT: tuple((code,) for code in (BUDGET, SPENT) if code not in has),
        LightRule.DAY: () if has & {STATUS, ENDED} else ((STATUS, ENDED),),
        LightRule.NONE: (),
    }[rule]
    for codes in lacks:
        needed = "或".join(f"“{_NAMES[code]}”" for code in codes)
        settings[LIGHT][0].named({"值": LIGHT}).fault(Code.LIGHT_NEEDS, LIGHT, rule=rule, sheet=main.sheet, needed=needed)


def _papers(settings: Settings) -> Iterator[str]:
    """Read the kinds of paper, 、 between them; one that is none is a fault."""
    for word in _words(settings, PAPER):
        if word in {*PAPERS, NO_PAPER}:
            yield word
        else:
            settings[PAPER][0].named({"值": PAPER}).fault(Code.BAD_SETTING, PAPER, seen=word, choices="、".join((*PAPERS, NO_PAPER)))


def _words(settings: Settings, key: str) -> tuple[str, ...]:
    """Read a setting of several words, 、 between them, in one row or in several."""
    return tuple(word for row in settings.get(key, []) for word in names_in(row.text("值")))


def _word(settings: Settings, key: str, words: tuple[str, ...]) -> str:
    return settings[key][0].named({"值": key}).choice(key, words) if key in settings else ""


def _first(settings: Settings, key: str) -> str:
    return settings[key][0].text("值") if key in settings else ""


def _language(text: str) -> str:
    """Give the short name of a language (en); '' for Chinese, which needs no words."""
    return "" if text in {"", "中文", "汉语", "zh", "zh-cn"} else {"英文": "en", "英语": "en", "english": "en"}.get(text.lower(), text.lower())
