"""What a year says when its quarters are laid side by side: pivots, trends and projections, each with the sentence that says what it means.

Every function takes the year's quarters, or what other rounds it has, as snapshots, oldest first, and gives one table. Groups, pivots,
joins in time and running sums are pandas'; the tests hold them against plain loops.
"""

from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from toolkit.analysis.frames import Snapshot, frame
from toolkit.analysis.plain_values import half_up, plain_rows
from toolkit.model.analysis_table import AnalysisChart, AnalysisColumn, AnalysisTable
from toolkit.model.form import DONE, DUE
from toolkit.model.period import Period
from toolkit.model.stages import Stage
from toolkit.model.standing import CUMULATIVE

ON_TIME, LATE, MISSING = "按时", "迟报", "未报"
_FEW = 3  # names that a sentence lists


def punctuality(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Pivot units × quarters: in time, late or missing; who is late how often, the most often first."""
    rows = [
        (str(state.period), unit.unit, MISSING if unit.outcome is None or not unit.outcome.counts else ON_TIME if unit.on_time else LATE)
        for state, _ in quarters
        for unit in state.units
    ]
    data_frame = pd.DataFrame(rows, columns=["period", "unit", "how"])
    wide = data_frame.pivot(index="unit", columns="period", values="how")[_order(quarters)]
    counts = data_frame.groupby(["unit", "how"]).size().unstack(fill_value=0).reindex(columns=[LATE, MISSING], fill_value=0)
    table = wide.join(counts).sort_values([MISSING, LATE], ascending=False, kind="stable").reset_index()
    often = [unit for unit, late, missing in zip(table["unit"], table[LATE], table[MISSING], strict=True) if late + missing > 1]
    sentence = f"{len(often)} 个单位不止一次迟报或未报：{_some(often)}。" if often else "没有单位不止一次迟报或未报。"
    columns = (_text("单位"), *(_text(_label(period)) for period in wide.columns), AnalysisColumn("迟报次数"), AnalysisColumn("未报次数"))
    return AnalysisTable("报送", "各单位各季报送", sentence, columns, _rows(table), AnalysisChart("bar", ("迟报次数", "未报次数"), stacked=True))


def score_trend(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Pivot units × quarters of total scores, with the mean and the change from the first to the last quarter."""
    wide = _pivot(frame("scores", quarters), "unit", "total")
    columns = [period for period in _order(quarters) if period in wide]
    wide = wide[columns]
    mean, change = half_up(wide.mean(axis=1), 2), half_up(wide[columns[-1]] - wide[columns[0]], 2) if columns else wide.sum(axis=1)
    wide = wide.assign(mean=mean, change=change)
    table = wide.sort_values(["mean"], ascending=False, kind="stable").reset_index()
    falls = table[table["change"] < 0].sort_values("change", kind="stable")["unit"].tolist()
    sentence = f"与第一次相比，{len(falls)} 个单位得分下降，降得最多的是{_some(falls)}。" if falls else "与第一次相比，没有单位得分下降。"
    titles = (_text("单位"), *(AnalysisColumn(_label(period)) for period in columns), AnalysisColumn("平均"), AnalysisColumn("变化"))
    return AnalysisTable("得分", "各单位得分走势", sentence, titles, _rows(table), AnalysisChart("column", ("平均",)))


def promises(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Join each promised day of completion with the first quarter that ends on it or later: was the task finished then? By unit."""
    data_frame = frame("answers", quarters)
    made = data_frame[(data_frame["field"] == DUE) & data_frame["day"].notna()][["unit", "number", "period", "day"]]
    places = {period: at for at, period in enumerate(_order(quarters))}
    made = made.assign(said=made["period"].map(places).astype("Int64"))
    stood = [(at, pd.Timestamp(state.period.ends), task) for at, (state, _) in enumerate(quarters) for task in state.tasks]
    status = pd.DataFrame(
        [(task.task.number, at, ends, task.stage is Stage.FINISHED) for at, ends, task in stood],
        columns=["number", "seen", "ends", "finished"],
    ).astype({"ends": "datetime64[s]", "number": "string"})
    made, status = made.sort_values("day", kind="stable"), status.sort_values("ends", kind="stable")
    joined = pd.merge_asof(made, status, left_on="day", right_on="ends", by="number", direction="forward") if len(made) else made.assign(seen=[], finished=[])
    due = joined[joined["seen"].notna() & (joined["seen"] > joined["said"])].drop_duplicates(["unit", "number", "seen"])
    by_unit = due.groupby("unit")["finished"].agg(["size", "sum"]) if len(due) else pd.DataFrame({"size": [], "sum": []}, index=pd.Index([], name="unit"))
    by_unit = by_unit.astype("Int64").assign(share=lambda made: half_up(made["sum"] / made["size"] * 100, 1))
    table = by_unit.sort_values(["share", "size"], ascending=[True, False], kind="stable").reset_index()
    total, held = int(by_unit["size"].sum()), int(by_unit["sum"].sum())
    sentence = f"到期的承诺 {total} 项，兑现 {held} 项。" if total else "没有到期的承诺。"
    columns = (_text("单位"), AnalysisColumn("到期承诺"), AnalysisColumn("兑现"), AnalysisColumn("兑现率%"))
    return AnalysisTable("承诺", "预计完成时间的兑现", sentence, columns, _rows(table), AnalysisChart("bar", ("兑现率%",)))


def finding_kinds(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Count findings that act by kind, the most frequent first, with the running share (Pareto)."""
    found = frame("findings", quarters)
    acting = found[found["counts"].fillna(value=False)]
    counts = (
        acting.groupby(["code", "title"], dropna=False).size().rename("count").reset_index()
        if len(acting)
        else acting.assign(count=[])[["code", "title", "count"]]
    )
    table = counts.sort_values(["count", "code"], ascending=[False, True], kind="stable").reset_index(drop=True)
    table["share"] = half_up(table["count"].cumsum() / table["count"].sum() * 100, 1) if len(table) else []
    vital = int((table["share"] < 80).sum()) + 1 if len(table) else 0
    sentence = f"{vital} 种问题占了全部 {int(table['count'].sum())} 处的八成，先管住它们。" if vital else "没有问题。"
    columns = (_text("代码"), _text("栏目"), AnalysisColumn("处数"), AnalysisColumn("累计占比%"))
    return AnalysisTable("问题", "问题按种类", sentence, columns, _rows(table), AnalysisChart("column", ("处数",)))


def projections(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Carry each cumulative indicator on to the year's end: the last value and its mean growth a quarter, with a band of the least and the most growth."""
    values = frame("indicators", quarters)
    values = values[(values["measure"] == CUMULATIVE) & values["reached"].notna()]
    newest = values.drop_duplicates(["number", "name"], keep="last")[["number", "name", "measure_unit"]]
    values = values.merge(newest, how="inner")  # what was said in another unit of measure is no earlier value
    keys = ["number", "name", "measure_unit", "target", "comparator"]
    gone = values["period"].map(_quarters_gone(quarters)).astype("Float64")
    steps = values.assign(quarter=gone, target=values.groupby(["number", "name"])["target"].transform("last"))
    steps["step"] = steps.groupby(["number", "name"])["reached"].diff().fillna(steps["reached"])
    steps["gap"] = steps.groupby(["number", "name"])["quarter"].diff().fillna(steps["quarter"])
    steps["step"] = steps["step"] / steps["gap"].where(steps["gap"] > 0)
    table = steps.groupby(keys, dropna=False, sort=False).agg(
        reached=("reached", "last"), quarter=("quarter", "last"), low=("step", "min"), mean=("reached", "last"), high=("step", "max")
    )
    left = 4 - table["quarter"]
    low, mean, high = table["reached"] + table["low"] * left, table["reached"] / table["quarter"] * 4, table["reached"] + table["high"] * left
    table = table.assign(low=half_up(low, 2), mean=half_up(mean, 2), high=half_up(high, 2)).reset_index()
    misses = (table["mean"] > table["target"]).where(table["comparator"] == "≤", table["mean"] < table["target"])
    short = table[misses.fillna(value=False)]["name"].tolist()
    table = table[[*keys[:-1], "reached", "low", "mean", "high"]]
    fine = "照现在的速度，累计指标到年底都能达到目标。" if len(table) else "没有报过累计指标。"
    sentence = f"照现在的速度，{len(short)} 个累计指标到年底达不到目标：{_some(short)}。" if short else fine
    titles = [_text("编号"), _text("指标"), _text("计量单位"), *map(AnalysisColumn, ("目标值", "累计完成值", "年底推算（低）", "年底推算", "年底推算（高）"))]
    return AnalysisTable("指标", "累计指标推算到年底", sentence, tuple(titles), _rows(table))


def overruled(quarters: Sequence[Snapshot], computed: Mapping[Period, Mapping[str, str]]) -> AnalysisTable:
    """List units whose report gives another light than the office's ruling; `computed` are the lights by period and number without rulings."""
    rows = [
        (unit.unit, str(state.period), task.task.number, computed[state.period][task.task.number], assessment.lights[task.task.number], task.ruling.note)
        for state, assessment in quarters
        for task in state.tasks
        if task.ruling.light and (unit := task.lead) and computed[state.period][task.task.number] != task.ruling.light
    ]
    found = pd.DataFrame(rows, columns=["unit", "period", "number", "own", "ruled", "note"])
    counts = found.groupby("unit").size().sort_values(ascending=False, kind="stable")
    sentence = f"{len(counts)} 个单位自报与认定不一，共 {len(rows)} 处，最多的是{_some(list(counts.index))}。" if rows else "自报与认定没有不一的。"
    columns = tuple(map(_text, ("单位", "期间", "编号", "自报的灯", "认定的灯", "认定说明")))
    return AnalysisTable("认定", "自报与认定不一", sentence, columns, _rows(found.astype("string")))


def said_again(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Count, by unit, texts of progress that repeat the unit's last text on the task, blanks aside, and their share in per cent; the most first."""
    data_frame = frame("answers", quarters)
    texts = data_frame[(data_frame["field"] == DONE) & data_frame["text"].notna()]
    bare = texts["text"].str.replace(r"\s", "", regex=True)
    same = texts.assign(again=bare == bare.groupby([texts["unit"], texts["number"]]).shift())
    counts = same.groupby("unit")["again"].agg(["sum", "size"]) if len(same) else pd.DataFrame({"sum": [], "size": []}, index=pd.Index([], name="unit"))
    counts = counts[counts["sum"] > 0].astype("Int64").assign(share=lambda made: half_up(made["sum"] / made["size"] * 100, 1))
    table = counts.sort_values(["sum", "share"], ascending=False, kind="stable").reset_index()
    sentence = (
        f"{len(table)} 个单位有原样照抄上季的文字，共 {int(table['sum'].sum())} 处：{_some(table['unit'].tolist())}。"
        if len(table)
        else "没有原样照抄上季的文字。"
    )
    columns = (_text("单位"), AnalysisColumn("照抄"), AnalysisColumn("填写"), AnalysisColumn("照抄占比%"))
    return AnalysisTable("照抄", "照抄上季的文字", sentence, columns, _rows(table), AnalysisChart("bar", ("照抄",)))


def risk_concentration(quarters: Sequence[Snapshot]) -> AnalysisTable:
    """Count the newest quarter's tasks by chapter and leader, with the share that is yellow or red."""
    newest = frame("tasks", quarters[-1:])
    newest = newest.assign(section=newest["section"].fillna("（无章节）"), leader=newest["leader"].fillna("（未写）"), risk=newest["light"].isin(["红", "黄"]))
    table = newest.groupby(["section", "leader"], sort=False)["risk"].agg(["size", "sum"]).astype("Int64")
    table = table.assign(share=half_up(table["sum"] / table["size"] * 100, 1)).sort_values(["sum", "share"], ascending=False, kind="stable").reset_index()
    worst = table.iloc[0] if len(table) and table["sum"].iloc[0] else None
    grey = int((newest["light"] == "灰").sum())
    none = f"没有黄灯和红灯，{grey} 项没有报。" if grey else "没有黄灯和红灯。"
    sentence = f"滞后最集中的是“{worst['section']}”：{worst['size']} 项里有 {worst['sum']} 项黄灯或红灯。" if worst is not None else none
    columns = (_text("章节"), _text("责任领导"), AnalysisColumn("任务"), AnalysisColumn("黄红灯"), AnalysisColumn("占比%"))
    return AnalysisTable("风险", "风险集中在哪里", sentence, columns, _rows(table), AnalysisChart("bar", ("黄红灯",)))


def years_compared(years: Mapping[int, Snapshot]) -> AnalysisTable | None:
    """Lay the newest quarters of two or more years side by side: shares of lights in percent; None where only one year stands."""
    if len(years) < 2:
        return None
    stood = pd.concat([frame("tasks", [snapshot]).assign(year=year) for year, snapshot in sorted(years.items())])
    shares = pd.crosstab(stood["light"], stood["year"], normalize="columns", dropna=False).mul(100).sort_index(ascending=False)
    shares = shares.apply(half_up, args=(1,))
    first, last = shares.columns[0], shares.columns[-1]
    done = shares[last].loc[["蓝", "绿"]].sum() - shares[first].loc[["蓝", "绿"]].sum()
    sentence = f"{last} 年蓝灯、绿灯合计占比比 {first} 年{'高' if done >= 0 else '低'} {abs(done):.1f} 个百分点。"
    columns = (_text("灯"), *(AnalysisColumn(f"{year}年%") for year in shares.columns))
    return AnalysisTable(
        "两年",
        "与上年相比",
        sentence,
        columns,
        _rows(shares.reset_index().astype({"light": "string"})),
        AnalysisChart("column", tuple(f"{year}年%" for year in shares.columns)),
    )


def _pivot(table: pd.DataFrame, index: str, value: str) -> pd.DataFrame:
    """Give units × periods of one value, units in the order of their first row."""
    return table.pivot(index=index, columns="period", values=value).reindex(table[index].drop_duplicates())


def _order(quarters: Sequence[Snapshot]) -> list[str]:
    """Give the keys of the rounds in their order, which is not that of the keys: H2 ends after M09, and the days of 汛前排查 are in the calendar only."""
    return [str(state.period) for state, _ in quarters]


def _quarters_gone(quarters: Sequence[Snapshot]) -> Mapping[str, float]:
    """Say how many quarters of the year are gone at the end of each round: 2.0 of a second quarter, 3.333… of October; by days where no month ends."""
    return {str(state.period): _gone(state.period) * 4 for state, _ in quarters}


def _gone(period: Period) -> float:
    ends = period.ends
    if ends.year > period.year:
        return 1.0
    if (ends + timedelta(days=1)).day == 1 or period.piece:
        return (ends.month - (0.5 if period.piece == 1 else 0)) / 12
    return ends.timetuple().tm_yday / (366 if isleap(ends.year) else 365)


def _text(title: str) -> AnalysisColumn:
    return AnalysisColumn(title, numeric=False)


def _label(period: Any) -> str:
    label = Period.parse(str(period)).span_label
    return label.partition("年")[2] or label


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_FEW]) + (f" 等 {len(names)} 个" if len(names) > _FEW else "")


def _rows(table: pd.DataFrame) -> tuple[tuple[object, ...], ...]:
    return tuple(plain_rows(table))
