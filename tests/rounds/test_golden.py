"""The played first quarter of the real notice, kept as text: what was found, how each unit and each task stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.assessment.assess import assess
from toolkit.edges.workspace import open_workspace
from toolkit.flows.demo.demo import demo
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.period import Period
from toolkit.model.standing import Round

GOLDEN = Path(__file__).parent / "2023Q1.txt"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Round, dict[str, str]]:
    """Play the demo once."""
    folder = tmp_path_factory.mktemp("demo")
    demo(folder, say=lambda _: None, show_table=lambda *_: None, progress=lambda items, _: items)
    with open_office(open_workspace(folder)) as office:
        state = period_standing(office, Period(2023, 1))
        return state, dict(assess(state, office.rules()).lights)


def lines(state: Round, lights: dict[str, str]) -> Iterator[str]:
    """Write a round as text, one line a thing, without receipt codes and hashes, which differ by key."""
    yield f"文件 {dict(state.files)}"
    for finding in state.findings:
        yield f"问题 {finding.code.text.id} {finding.level} {finding.place} {finding.message}"
    for unit in state.units:
        yield f"单位 {unit.unit} {unit.group} {unit.outcome or '未报'} {unit.sent} 按时{unit.on_time} 版本{unit.versions} 错误{unit.errors} 待核{unit.reviews}"
    for task in state.tasks:
        lead = task.lead.unit if task.lead else "—"
        said = f"计划{task.planned} 累计{task.progress} {task.status} 牵头{lead} 旁列{len(task.others)} 未报{len(task.silent)}"
        yield f"任务 {task.task.number} {lights[task.task.number]} {said}"
    for indicator in state.indicators:
        target = indicator.indicator
        yield f"指标 {target.number} {target.name} {target.comparator}{target.target}{target.unit} 累计{indicator.reached}"


def test_the_played_quarter_is_as_it_was(played: tuple[Round, dict[str, str]], request: pytest.FixtureRequest) -> None:
    """The whole round on the real notice gives, line by line, what a person has read and kept."""
    now = "\n".join(lines(*played)) + "\n"
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(now, "utf-8")

    assert GOLDEN.read_text("utf-8").splitlines() == now.splitlines()


def test_the_played_mistakes_end_where_they_should(played: tuple[Round, dict[str, str]]) -> None:
    """Of 63 units one is missing, one late, one has a wrong status word; the renamed file and the text percent are merged."""
    state, _ = played

    assert (63, 1, 1) == (len(state.units), sum(unit.outcome is None for unit in state.units), sum(unit.errors > 0 for unit in state.units))
    assert ["READ_AS", "NOT_CHOICE", "LATE"] == [finding.code.name for finding in state.findings]
    assert 119 == len(state.tasks)
