"""What played units get wrong, round by round of a year: in cells, in the shape of the table, in the file, in when and how it is sent."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from toolkit.model.form import FINISHED

Row = dict[str, object]
_PROGRESS, _DONE = "累计进度", "本季进展情况"


class Mistake(Enum):
    """What one played unit gets wrong."""

    NONE = "照章填报"
    MISSING = "没有报送"
    LATE = "迟报四天"
    RENAMED = "改了文件名"
    TEXT_PERCENT = "进度写成“约45%左右”"
    WRONG_STATUS = "进展状态写了下拉框以外的词"
    WORD_PERCENT = "进度写成“百分之四十五”"
    RANGE = "进度写成“40-50”"
    TOO_HIGH = "进度填了 130"
    NO_PROGRESS = "牵头任务漏填累计进度"
    BACKWARDS = "累计进度比上季还低"
    EMPTY_WORDS = "只写“按计划正常推进”"
    ALL_ALIKE = "每项任务抄同一段话"
    TASK_COPIED = "把任务原文当作进展"
    NOT_FULL = "写“已完成”，进度却不到 100"
    TICKED = "进展状态只打了一个勾"
    DITTO = "第二行写“同上”"
    OTHER_MEASURE = "指标换了计量单位"
    NO_PHONE = "联系电话写成“见通讯录”"
    DAY_AS_WORDS = "完成时限写成“12月底”"
    ROWS_TURNED = "把任务倒着排"
    ROW_DELETED = "删掉了一行任务"
    ROW_ADDED = "自己加了一行任务"
    COLUMN_ADDED = "中间插了一列“备注”"
    TITLE_CHANGED = "把表头改成“完成情况”"
    SHEET_RENAMED = "把工作表改名为“Sheet1”"
    LINES_ABOVE = "表头上面加了两行说明"
    TARGET_CHANGED = "改了预填的目标任务"
    SEAL_LOST = "删掉了隐藏的封签"
    NEW_BOOK = "把表抄进一个新文件"
    OLD_FORMAT = "存成了网页格式的 .xls"
    ZIPPED = "压缩以后发来"
    MAILED = "把邮件另存成 .eml 发来"
    CUT_SHORT = "文件没有传完整"
    NOT_A_TABLE = "发来一份文字说明"
    UNTOUCHED = "一个字没填就发了回来"
    TWICE = "先发了有错的，又发了改好的"
    LAST_QUARTER = "发来上一季度的表"


ROUNDS: Mapping[int, Sequence[Mistake]] = {
    0: (Mistake.MISSING, Mistake.NO_PHONE, Mistake.DAY_AS_WORDS, Mistake.ZIPPED, Mistake.TARGET_CHANGED),
    1: (Mistake.MISSING, Mistake.LATE, Mistake.RENAMED, Mistake.TEXT_PERCENT, Mistake.WRONG_STATUS),
    2: (
        Mistake.MISSING, Mistake.WORD_PERCENT, Mistake.RANGE, Mistake.NO_PROGRESS, Mistake.EMPTY_WORDS, Mistake.ROWS_TURNED, Mistake.ROW_DELETED,
        Mistake.MAILED, Mistake.CUT_SHORT, Mistake.LAST_QUARTER,
    ),
    3: (
        Mistake.LATE, Mistake.TOO_HIGH, Mistake.BACKWARDS, Mistake.ALL_ALIKE, Mistake.TICKED, Mistake.COLUMN_ADDED, Mistake.TITLE_CHANGED,
        Mistake.SHEET_RENAMED, Mistake.NEW_BOOK, Mistake.TWICE, Mistake.NOT_A_TABLE,
    ),
    4: (
        Mistake.MISSING, Mistake.LATE, Mistake.TASK_COPIED, Mistake.NOT_FULL, Mistake.DITTO, Mistake.OTHER_MEASURE, Mistake.ROW_ADDED,
        Mistake.LINES_ABOVE, Mistake.SEAL_LOST, Mistake.OLD_FORMAT, Mistake.UNTOUCHED,
    ),
}  # fmt: skip
TRICKS: Mapping[Mistake, str] = {
    Mistake.ROWS_TURNED: "rows turned",
    Mistake.ROW_DELETED: "row deleted",
    Mistake.ROW_ADDED: "row added",
    Mistake.COLUMN_ADDED: "column added",
    Mistake.TITLE_CHANGED: "title changed",
    Mistake.SHEET_RENAMED: "sheet renamed",
    Mistake.LINES_ABOVE: "lines above",
    Mistake.TARGET_CHANGED: "target changed",
    Mistake.SEAL_LOST: "seal lost",
    Mistake.NEW_BOOK: "new book",
    Mistake.OLD_FORMAT: "old format",
    Mistake.ZIPPED: "zipped",
    Mistake.MAILED: "mailed",
    Mistake.CUT_SHORT: "cut short",
    Mistake.NOT_A_TABLE: "not a table",
}  # what is done to the finished file, by the player's name for it
_SPOILED: Mapping[Mistake, tuple[str, object]] = {
    Mistake.TEXT_PERCENT: (_PROGRESS, None),
    Mistake.BACKWARDS: (_PROGRESS, 1),
    Mistake.WRONG_STATUS: ("进展状态", "基本完成"),
    Mistake.WORD_PERCENT: (_PROGRESS, "百分之四十五"),
    Mistake.RANGE: (_PROGRESS, "40-50"),
    Mistake.TOO_HIGH: (_PROGRESS, 130),
    Mistake.NO_PROGRESS: (_PROGRESS, None),
    Mistake.TWICE: (_PROGRESS, 130),
    Mistake.EMPTY_WORDS: (_DONE, "按计划正常推进"),
    Mistake.TICKED: ("进展状态", "√"),
    Mistake.NO_PHONE: ("联系电话", "见通讯录"),
    Mistake.DAY_AS_WORDS: ("完成时限", "12月底"),
    Mistake.OTHER_MEASURE: ("本年累计完成值", "12.5公里"),
}  # the first row that has the cell gets the value



class Duties(NamedTuple):
    """How much a unit has to report: its tasks, those of them that it leads, and the indicators of those."""

    tasks: int
    led: int
    indicators: int


_LEAD, _SEVERAL = Duties(1, 1, 0), Duties(3, 1, 0)
NEEDS: Mapping[Mistake, Duties] = {
    **dict.fromkeys((Mistake.WORD_PERCENT, Mistake.RANGE, Mistake.TOO_HIGH, Mistake.NO_PROGRESS, Mistake.NOT_FULL, Mistake.TWICE, Mistake.DAY_AS_WORDS), _LEAD),
    **dict.fromkeys((Mistake.ALL_ALIKE, Mistake.ROWS_TURNED, Mistake.ROW_DELETED, Mistake.DITTO, Mistake.BACKWARDS), _SEVERAL),
    Mistake.OTHER_MEASURE: Duties(1, 1, 1),
}  # what a unit must have at least, to be able to make a mistake


def make_mistakes(mistake: Mistake, rows: Sequence[Row], shown: Sequence[Mapping[str, object]]) -> None:
    """Put a unit's mistake into what it is about to type; `rows` are its answers, `shown` the prefilled cells, by header."""
    if mistake in _SPOILED:
        title, value = _SPOILED[mistake]
        row = next((row for row in rows if title in row), {})
        row[title] = f"约{row.get(title)}%左右" if mistake is Mistake.TEXT_PERCENT else value
    elif mistake is Mistake.NOT_FULL:
        next((row for row in rows if _PROGRESS in row), {}).update({"进展状态": FINISHED, _PROGRESS: 80, "佐证材料": "验收材料1份"})
    elif mistake in {Mistake.ALL_ALIKE, Mistake.TASK_COPIED, Mistake.DITTO} and rows and _DONE in rows[0]:
        texts: Mapping[Mistake, Sequence[object]] = {
            Mistake.ALL_ALIKE: ["召开推进会3次，落实项目5个，完成投资120万元。"] * len(rows),
            Mistake.TASK_COPIED: [shown[0].get("目标任务")],
            Mistake.DITTO: [rows[0][_DONE], "同上"],
        }
        for row, text in zip(rows, texts[mistake], strict=False):
            row[_DONE] = text
