"""Findings speak in the words of the form that they are about."""

from decimal import Decimal

from toolkit.checks.row_checks import finished_is_full, full_is_finished
from toolkit.model.column_kinds import KINDS, Limits
from toolkit.model.findings import Code, Finding
from toolkit.model.form import PROGRESS, STATUS, Field, Source, Subject, Table
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row

_STATES = Limits(choices=("Open", "Underway", "Closed"), stages={"Open": "未开始", "Underway": "进行", "Closed": "完成"})
_FIELDS = (Field(STATUS, "办理状态", Source.FILLED, KINDS["选项"], limits=_STATES), Field(PROGRESS, "完成率", Source.FILLED, KINDS["百分比"]))
TABLE = Table("进度", Subject.LIST, _FIELDS)


def _row(state: str, progress: int) -> Row:
    place = Place("甲.xlsx", "进度", "C5")
    return Row("进度", "1", "1", Role.LEAD, {STATUS: Answer(state, state, place), PROGRESS: Answer(Decimal(progress), str(progress), place)}, place)


def test_sentences_take_titles_and_states_from_the_form() -> None:
    """
    A form whose states are Open, Underway and Closed is never told of 进展状态, 已完成 or 推进中.
    """
    found = [*finished_is_full(_row("Closed", 80), TABLE, None), *full_is_finished(_row("Open", 100), TABLE, None)]  # type: ignore[arg-type]

    assert [
        "办理状态是“Closed”，“完成率”却是 80。已经完成的请填 100；没有完成的请改选“Underway”。",
        "完成率是 100，“办理状态”却是“Open”。已经完成的请选“Closed”；没有完成的请改填实际进度。",
    ] == [f"{finding.message}{finding.advice}" for finding in found]


def test_findings_that_an_earlier_edition_kept_can_still_be_said() -> None:
    """
    A finding in the ledger without the newer facts is said in the words that every form was spoken of in then.
    """
    assert "进展状态是“已完成”，“累计进度”却是 80。" == Finding(Code.FINISHED_NOT_FULL, Place(), {"seen": "80"}, title="累计进度").message
