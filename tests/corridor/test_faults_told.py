"""Faults of a form's definition are told where that form's rounds are worked on, and nowhere else."""


import pytest
from openpyxl import load_workbook

from tests.corridor.test_own_forms import JUNE, MASTER, MAY, play, space
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.report.documents import documents
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.doctor import doctor
from toolkit.model.command_error import CommandError

__all__ = ["space"]


@pytest.fixture
def budget_asked(space: Workspace) -> str:
    """The list of 预算执行 has an amount in another unit, which is asked about at its cell."""
    path = space.templates / "预算执行.xlsx"
    book = load_workbook(path)
    book["项目库"]["D2"] = "0.12亿元"
    book.save(path)
    return "预算执行.xlsx!项目库!D2"


def test_a_form_s_faults_are_told_in_its_own_rounds_only(space: Workspace, budget_asked: str) -> None:
    """Issuing, consolidating, papers and status of hazards say nothing of the budget's list; those of the budget do, and so does doctor."""
    hazards = {"东山街道": [{"隐患": "围墙开裂", "期限": MAY.ends, "状态": "整改中"}]}
    amounts = {"区水务局": [{"支出": 100}]}

    told = {
        "issued": [generate(space, period, only=(), progress=lambda items, _: items).findings for period in (MAY, JUNE)],
        "consolidated": [play(space, period, sheet, typed).findings for period, sheet, typed in ((MAY, "隐患", hazards), (JUNE, "支出", amounts))],
    }

    told["papers"] = [documents(space, period, yellow=False, progress=lambda items, _: items).findings for period in (MAY, JUNE)]

    assert [[False, True]] * 3 == [[budget_asked in {str(finding.place) for finding in findings} for findings in both] for both in told.values()]
    seen = [status(space, period) for period in (MAY, JUNE)]
    assert [False, True] == [any(budget_asked in fault for fault in found.faults) for found in seen if found is not None]
    assert any(budget_asked in line.seen for line in doctor(space))


def test_collecting_tells_the_faults_of_the_forms_that_came(space: Workspace, budget_asked: str) -> None:
    """A collect of nothing tells no form's faults, one of the budget's returns tells the budget's."""
    with held(JUNE.ends):
        folder = generate(space, JUNE, only=(), progress=lambda items, _: items).folder
        nothing = collect(space, progress=lambda items, _: items)
        book = next(folder.glob("区水务局_*.xlsx"))
        (space.inbox / book.name).write_bytes(book.read_bytes())
        something = collect(space, progress=lambda items, _: items)

    assert [False, True] == [budget_asked in {str(finding.place) for finding in found.findings} for found in (nothing, something)]
    assert MASTER.calendar[1].form == "预算执行"


def test_an_error_in_one_form_stops_its_own_rounds_only(space: Workspace) -> None:
    """A budget whose definition is wrong cannot be issued, and the refusal names its cell; hazards of another round are issued all the same."""
    path = space.templates / "预算执行.xlsx"
    book = load_workbook(path)
    book["表单"].append(["灯", "红绿灯"])
    book.save(path)

    with pytest.raises(CommandError) as refused:
        generate(space, JUNE, only=(), progress=lambda items, _: items)

    assert "预算执行.xlsx!表单!B" in refused.value.message
    assert "红绿灯" in refused.value.message
    assert generate(space, MAY, only=(), progress=lambda items, _: items).issued
