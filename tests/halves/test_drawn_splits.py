"""A unit's form that comes in several files, drawn at random: what the office makes of it is right, or asked, never wrong."""

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.halves.drawn_splits import CODES, TASKS, Play, office, play, write
from tests.small import Q1, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.findings import Code
from toolkit.model.standing import Round

PLAYS = int(os.environ.get("TASK_TOOLKIT_PLAYS", "40"))  # 120 were drawn for the figures of the report
_ASKS = {Code.PARTS_DIFFER, Code.BLANK_NOW}


def sent(space: Workspace, plays: list[Play]) -> None:
    """Put every unit's files into the inbox."""
    for at, one in enumerate(plays):
        source = next(space.out(Q1, "发放").glob(f"第{at}局_*"))
        for number, (moment, cells) in enumerate(one.files):
            target = space.inbox / f"第{at}局_{number}.xlsx"
            write(source, target, at * TASKS, cells)
            os.utime(target, (moment.timestamp(), moment.timestamp()))


def judged(state: Round, at: int, one: Play) -> Counter[str]:
    """Count the cells of a play that came out right, asked about, and wrong."""
    counts: Counter[str] = Counter()
    rows = {detail.row.number: detail.row for detail in state.details if detail.unit == f"第{at}局"}
    findings = [finding for finding in state.findings if finding.unit == f"第{at}局"]
    for row in range(TASKS):
        said = rows[f"任务{at * TASKS + row}"]
        for title, code in CODES.items():
            answer = said.answers.get(code)
            place = answer.place if answer else said.blank(code)
            asked = any(finding.code in _ASKS and finding.title == title and finding.number == said.number for finding in findings)
            missing = any(finding.code is Code.BLANK and finding.place == place for finding in findings)
            wanted = one.truth.get((row, title))
            is_right = (answer.value if answer else None) == (Decimal(wanted) if isinstance(wanted, int) else wanted)
            doubted = (row, title) in one.doubtful
            as_missing = missing is ((row, title) in one.missing)
            if asked:
                counts["asked" if doubted or is_right else "asked, other value"] += 1
            else:
                counts["right" if is_right and not doubted and as_missing else "wrong"] += 1
    return counts


def test_whatever_way_a_form_is_split_nothing_is_wrong_in_silence(tmp_path: Path) -> None:
    """Of random halves, overlaps, copies and corrections each cell is right or asked about; what is certain is not asked, what nobody fills is missing."""
    random = Random(25)  # noqa: S311 - no secret
    plays = [play(random) for _ in range(PLAYS)]
    space = small_workspace(tmp_path, office(PLAYS))
    issue(space)
    sent(space, plays)
    collect(space, progress=lambda items, _: items)
    with open_office(space) as office_context:
        state = period_standing(office_context, Q1)
    counts = {at: judged(state, at, one) for at, one in enumerate(plays)}
    total = sum(counts.values(), Counter[str]())
    bad = [(plays[at].kind, at, dict(count)) for at, count in counts.items() if count["wrong"] or count["asked, other value"]]
    print(total, Counter(one.kind for one in plays))  # noqa: T201 - the figures of the report

    together = {finding.unit for finding in state.findings if finding.code is Code.JOINED}
    kinds = {plays[at].kind for at in range(PLAYS) if f"第{at}局" in together}

    assert [] == bad
    assert {f"第{at}局" for at, one in enumerate(plays) if one.kind == "halves"} <= together
    assert not kinds & {"copy", "correction"}
    assert sum(len(one.doubtful) for one in plays) <= total["asked"] <= total["right"] // 20
