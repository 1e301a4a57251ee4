"""What a year says of its milestones: which units keep them, how late the others are."""

from collections.abc import Sequence

from toolkit.analysis.frames import Snapshot, frame
from toolkit.analysis.plain_values import half_up, plain_rows
from toolkit.model.analysis_table import AnalysisChart, AnalysisColumn, AnalysisTable
from toolkit.model.milestones import NodeState


def milestones_kept(quarters: Sequence[Snapshot]) -> AnalysisTable | None:
    """Count each unit's milestones by how they stand in the newest quarter, with the mean slip in days; None where there is none."""
    found = frame("milestones", quarters[-1:])
    if found.empty:
        return None
    states = [NodeState.ON_TIME, NodeState.LATE, NodeState.OVERDUE, NodeState.SLIPPING, NodeState.AHEAD]
    counts = found.assign(state=found["state"].astype("string")).groupby(["unit", "state"]).size().unstack(fill_value=0)
    states += [NodeState.CLOSED] if str(NodeState.CLOSED) in counts else []
    counts = counts.reindex(columns=[str(state) for state in states], fill_value=0)
    slips = half_up(found.groupby("unit")["slip"].mean(), 1).rename("mean")
    table = counts.assign(total=counts.sum(axis=1)).join(slips).sort_values([str(NodeState.OVERDUE), "mean"], ascending=False, kind="stable").reset_index()
    overdue, total = int(counts[str(NodeState.OVERDUE)].sum()), int(counts.to_numpy().sum())
    sentence = f"{total} 个节点中逾期 {overdue} 个，按期完成 {int(counts[str(NodeState.ON_TIME)].sum())} 个。"
    titles = (AnalysisColumn("单位", numeric=False), *map(AnalysisColumn, (*map(str, states), "节点数", "平均偏差天数")))
    return AnalysisTable("节点", "各单位里程碑节点", sentence, titles, tuple(plain_rows(table)), AnalysisChart("bar", (str(NodeState.OVERDUE),)))
