"""Notices of offices that do not exist, drawn at random in many layouts and wordings, each with the truth it was drawn from."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple
from unicodedata import east_asian_width


class Item(NamedTuple):
    """A task as it should be read."""

    text: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: str = ""
    leader: str = ""


class Drawn(NamedTuple):
    """A notice as text, its items in order, and the layout's name."""

    text: str
    items: tuple[Item, ...]
    layout: str


_WORK = (
    "推进老旧小区改造，完成外墙修缮",
    "新建社区食堂并投入运营",
    "推行企业开办一日办结，压缩审批环节",
    "建设滨河步道和口袋公园",
    "开展青年就业见习",
    "整治背街小巷，规范停车秩序",
    "培育科技型中小企业",
    "完善农村供水管网，提升水质达标水平",
    "组织秋冬季病虫害普查",
    "升级中小学操场和照明",
    "推动工业企业设备更新",
    "办好春季招聘活动，帮扶困难家庭",
    "改善公交候车条件",
    "修订应急预案并组织演练",
    "打通两条断头路",
    "引进现代物流项目",
    "建立重点项目调度机制，定期会商",
    "实施河道清淤",
    "扩大普惠托育供给",
    "推广节水灌溉，发展设施农业",
    "公布政务服务事项目录",
    "清理拖欠账款，规范招标投标行为",
)
_UNITS = (
    "财政局",
    "教育局",
    "民政局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "卫生健康局",
    "市场监管局",
    "人力资源和社会保障局",
    "应急管理局",
    "文化和旅游局",
    "水务局",
    "公安局",
    "发展改革委",
    "自然资源和规划局",
    "商务局",
    "城管局",
    "科技局",
    "政务服务局",
    "生态环境分局",
    "税务局",
    "司法局",
    "统计局",
    "大数据中心",
    "退役军人事务局",
    "审计局",
)
_OTHERS = ("白沙街道", "青石镇", "城关镇", "各街道", "各乡镇", "供电公司", "高新区管委会")
_PEOPLE = ("王某某", "李某某", "张某", "赵某某", "陈某某", "刘某")
_TIMES = ("2025年6月底前", "12月底前", "2025年10月", "全年", "长期坚持", "9月底前完成", "2025年12月底前完成", "三季度", "持续推进", "上半年完成")


def items(random: Random, count: int, *, place: str = "区") -> list[Item]:
    """Draw tasks with different texts."""
    found = []
    for number in range(count):
        names = random.sample([place + unit for unit in _UNITS], random.randint(1, 4))
        names += random.sample(_OTHERS, random.choice((0, 0, 1)))
        ends = random.choice(("。", "。", "，年内见到实效。", f"，完成{random.randint(3, 90)}个点位。"))
        text = f"{_WORK[number % len(_WORK)]}{'' if number < len(_WORK) else f'第{number}批'}{ends}"
        found.append(Item(text, tuple(names[:1]), tuple(names[1:]), random.choice(_TIMES), random.choice(_PEOPLE)))
    return found


def _head(random: Random) -> list[str]:
    """A title, sometimes with a letter before it."""
    title = random.choice(("青江区2025年重点工作任务分解表", "2025年青江区政府重点工作责任分工方案", "青江区2025年民生实事任务清单"))
    letter = [
        "青江区人民政府办公室关于印发2025年重点工作分工的通知",
        "各街道办事处，区直各部门：",
        "现将有关任务印发给你们，请认真抓好落实。",
        "青江区人民政府办公室",
        "2025年2月20日",
    ]
    return [*letter, title] if random.random() < 0.4 else [title]


_FOOT = (
    [],
    ["主办单位：青江区人民政府办公室", "承办单位：青江区数据局"],
    ["版权所有：青江区人民政府", "网站标识码：0000000000"],
    ["打印本页 关闭窗口"],
    ["（此件公开发布）"],
    ["主办：青江区人民政府办公室  承办：区融媒体中心"],
)

_MARKS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}.",
    lambda n: f"{n}、",
    lambda n: f"{n}．",
    lambda n: f"（{_cn(n)}）",
    lambda n: f"({_cn(n)})",
    lambda n: f"（{n}）",
    lambda n: f"{n}. ",
    lambda n: f"{_cn(n)}、",
)


def _cn(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def _labelled(random: Random, item: Item, *, brackets: tuple[str, str], leader: bool) -> str:
    """Responsibilities behind labels, in brackets."""
    lead, helps = random.choice(
        (
            ("牵头单位", "配合单位"),
            ("牵头单位", "责任单位"),
            ("牵头部门", "协办部门"),
            ("主办单位", "协办单位"),
            ("牵头单位", "参与单位"),
            ("牵头责任单位", "配合单位"),
        )
    )
    colon, mark = random.choice(("：", ":", "： ")), random.choice(("；", ";", "，", "。"))
    parts = [f"{lead}{colon}{'、'.join(item.leads)}"]
    if item.supports:
        parts.append(f"{helps}{colon}{'、'.join(item.supports)}")
    if leader:
        parts.append(f"{random.choice(('责任领导', '分管领导', '区政府分管领导', '项目责任人'))}{colon}{item.leader}")
    parts.append(f"{random.choice(('完成时限', '完成时间', '时限', '办理时限'))}{colon}{item.deadline}")
    return brackets[0] + mark.join(parts) + brackets[1]


def _spoken(random: Random, item: Item) -> str:
    """Responsibilities in words, with the time among them."""
    lead = "、".join(item.leads)
    helps = "、".join(item.supports)
    said = f"{lead}{random.choice(('牵头', '牵头负责', '牵头落实'))}"
    if helps:
        said += f"，{helps}{random.choice(('配合', '按职责分工负责', '分别负责', '协同配合', '结合实际抓好落实', '等单位按职责分工负责', '参与'))}"
    time = item.deadline if "完成" in item.deadline or item.deadline in ("长期坚持", "持续推进", "全年") else f"{item.deadline}完成"
    item_time = random.random() < 0.5
    return f"（{time}，{said}）" if item_time else f"（{said}，{time}）"


def prose(random: Random, count: int) -> Drawn:
    """Numbered items with responsibilities behind each, or on lines of their own."""
    tasks = items(random, count)
    mark, way = random.choice(_MARKS), random.choice(("bracket", "lines", "spoken", "labels"))
    brackets = random.choice((("（", "）"), ("(", ")"), ("【", "】"), ("〔", "〕")))
    leader = random.random() < 0.5
    lines = _head(random)
    wanted = []
    for number, item in enumerate(tasks, 1):
        if way == "spoken":
            said = _spoken(random, item)
            time = said.strip("（）").split("，")
            lines.append(f"{mark(number)}{item.text}{said}")
            wanted.append(item._replace(leader="", deadline=time[0] if not time[0].startswith("区") else time[-1]))
        elif way == "bracket":
            said = _labelled(random, item, brackets=brackets, leader=leader)
            lines += [f"{mark(number)}{item.text}{said}"] if random.random() < 0.8 else [f"{mark(number)}{item.text}", said]
            wanted.append(item if leader else item._replace(leader=""))
        elif way == "labels":
            lines += [f"{mark(number)}{item.text}", _labelled(random, item, brackets=("", ""), leader=leader).replace("，", "；").replace("。", "；")]
            wanted.append(item if leader else item._replace(leader=""))
        else:
            lines.append(f"{mark(number)}{item.text}")
            lines.append(f"牵头单位：{'、'.join(item.leads)}")
            lines += [f"项目责任人：{item.leader}"] if leader else []
            lines += [f"配合单位：{'、'.join(item.supports)}"] if item.supports else []
            lines.append(f"完成时限：{item.deadline}")
            wanted.append(item if leader else item._replace(leader=""))
    return Drawn("\n".join(lines + random.choice(_FOOT)), tuple(wanted), f"prose {way}")


def wrapped(random: Random, count: int) -> Drawn:
    """The same, broken at a margin as a print has it, also inside names."""
    drawn = prose(random, count)
    width = random.choice((26, 30, 34, 38))
    lines: list[str] = []
    for line in drawn.text.split("\n"):
        rest = line
        while len(rest) > width:
            cut = width
            while cut < len(rest) and rest[cut] in "、，。；：）":
                cut += 1
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines += [rest] if rest else []
    return Drawn("\n".join(lines), drawn.items, f"wrapped {drawn.layout}")


def headed(random: Random, count: int) -> Drawn:
    """Headings that have units of their own above items that have theirs."""
    tasks = items(random, count)
    lines = _head(random)
    for number, item in enumerate(tasks):
        said = _labelled(random, item, brackets=("（", "）"), leader=False)
        lines.append(f"（{_cn(number // 3 + 1)}）{item.text}{said}" if number % 3 == 0 else f"{number % 3}.{item.text}{said}")
    return Drawn("\n".join(lines), tuple(item._replace(leader="") for item in tasks), "headed")


_TITLES = {
    "number": ("序号", "编号", "序 号"),
    "text": ("重点工作", "工作任务", "民生实事", "实事项目", "目标与任务", "任务内容", "问题", "建议内容", "整改措施", "事项"),
    "lead": ("牵头单位", "牵头负责部门", "主办单位", "牵头责任单位"),
    "help": ("配合单位", "责任单位", "协办单位", "配合部门"),
    "only": ("责任单位", "承办单位", "责任部门", "落实单位"),
    "time": ("完成时限", "整改时限", "办理时限", "完成时间", "时间要求"),
    "leader": ("责任领导", "区政府分管领导", "分管领导", "责任人"),
}


def _rows(random: Random, count: int, joint: str) -> tuple[list[list[str]], list[Item]]:
    """A header and rows in a random choice and order of columns; cells' names joined as given."""
    tasks = items(random, count)
    two = random.random() < 0.6
    kinds = ["text", *(["lead", "help"] if two else ["only"]), *random.sample(["time", "leader"], random.randint(0, 2))]
    head, *rest = kinds
    if random.random() < 0.3:
        random.shuffle(rest)
        kinds = [head, *rest]
    numbered = random.random() < 0.9
    rows = [[*([random.choice(_TITLES["number"])] if numbered else []), *(random.choice(_TITLES[kind]) for kind in kinds)]]
    if len(set(rows[0])) < len(rows[0]):
        return _rows(random, count, joint)
    wanted = []
    for number, item in enumerate(tasks, 1):
        supports = item.supports if two else ()
        leads = item.leads if two else (*item.leads, *item.supports)
        cells = {
            "text": item.text,
            "lead": joint.join(leads),
            "only": joint.join(leads),
            "help": joint.join(supports),
            "time": item.deadline,
            "leader": item.leader,
        }
        rows.append([*([str(number)] if numbered else []), *(cells[kind] for kind in kinds)])
        wanted.append(Item(item.text, leads, supports, item.deadline if "time" in kinds else "", item.leader if "leader" in kinds else ""))
    return rows, wanted


def piped(random: Random, count: int) -> Drawn:
    """A table drawn with bars, plain or as markdown."""
    rows, wanted = _rows(random, count, "、")
    bar = random.choice(("|", " | ", "｜"))
    mark = random.random() < 0.5
    lines = [f"| {' | '.join(row)} |" if mark else bar.join(row) for row in rows]
    if mark:
        lines.insert(1, "|" + "|".join("---" for _ in rows[0]) + "|")
    return Drawn("\n".join([*_head(random), *lines, *random.choice(_FOOT)]), tuple(wanted), "markdown" if mark else "bars")


def tabbed(random: Random, count: int) -> Drawn:
    """A table with tabs, as it is pasted from a spreadsheet."""
    rows, wanted = _rows(random, count, "、")
    return Drawn("\n".join([*_head(random), *("\t".join(row) for row in rows), *random.choice(_FOOT)]), tuple(wanted), "tabs")


def cell_a_line(random: Random, count: int) -> Drawn:
    """A table with a cell a line, as a web page's text has it; names in a cell a line each."""
    rows, wanted = _rows(random, count, "\n")
    gap = random.choice(("\n", "\n\n"))
    return Drawn(
        "\n".join([*_head(random), gap.join(gap.join(cell for cell in row if cell) for row in rows), *random.choice(_FOOT)]), tuple(wanted), "cell a line"
    )


def bar_behind(random: Random, count: int) -> Drawn:
    """A table with a cell a line and a bar behind each."""
    rows, wanted = _rows(random, count, "、")
    return Drawn("\n".join([*_head(random), *(f"{cell} |" for row in rows for cell in row)]), tuple(wanted), "bar behind")


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def aligned(random: Random, count: int) -> Drawn:
    """A table set with blanks, each column wide enough; long cells go on in the next line."""
    rows, wanted = _rows(random, count, "、")
    widths = [min(max(_wide(row[at]) for row in rows), 36) + 3 for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        pieces = [_folded(cell, width - 3) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, pieces))):
            cells = [piece[at] if at < len(piece) else "" for piece in pieces]
            lines.append("".join(cell + " " * (width - _wide(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip())
    return Drawn("\n".join([*_head(random), *lines]), tuple(wanted), "aligned")


def _folded(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for char in text:
        if _wide(line + char) > width:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def boxed(random: Random, count: int) -> Drawn:
    """A table drawn with box characters, a rule between rows."""
    rows, wanted = _rows(random, count, "、")
    widths = [min(max(_wide(row[at]) for row in rows), 30) for at in range(len(rows[0]))]
    ascii_ = random.random() < 0.5
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+" if ascii_ else "├" + "┼".join("─" * (width + 2) for width in widths) + "┤"
    bar = "|" if ascii_ else "│"
    lines = [rule if ascii_ else rule.replace("├", "┌").replace("┼", "┬").replace("┤", "┐")]
    for row in rows:
        pieces = [_folded(cell, width) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, pieces))):
            cells = [piece[at] if at < len(piece) else "" for piece in pieces]
            lines.append(bar + bar.join(f" {cell}{' ' * (width - _wide(cell))} " for cell, width in zip(cells, widths, strict=True)) + bar)
        lines.append(rule)
    return Drawn("\n".join([*_head(random), *lines]), tuple(wanted), "box")


def single_blanks(random: Random, count: int) -> Drawn:
    """A table whose cells are parted by one blank, its header spaced out."""
    rows, wanted = _rows(random, count, "、")
    if any(not cell for row in rows for cell in row) or rows[0][0][0] not in "序编":
        return single_blanks(random, count) if count > 3 else piped(random, count)
    return Drawn("\n".join([*_head(random), *(" ".join(row) for row in rows)]), tuple(wanted), "single blanks")


def bare(random: Random, count: int) -> Drawn:
    """Brackets of nothing but names, with the rule that the first leads, said once."""
    tasks = items(random, count)
    lines = _head(random)
    wanted = []
    for number, item in enumerate(tasks, 1):
        names = (*item.leads, *item.supports)
        said = "、".join(names)
        rule = random.choice(("。排名第一的为牵头单位，下同", "，列第一位的为牵头单位，下同")) if number == 1 else ""
        lines.append(f"（{_cn(number)}）{item.text}（{said}{rule}）")
        wanted.append(Item(item.text, names[:1], names[1:]))
    return Drawn("\n".join(lines), tuple(wanted), "bare names")


def run_on(random: Random, count: int) -> Drawn:
    """Items that run on in one paragraph."""
    tasks = items(random, count)
    label = random.choice(("责任单位：", "责任部门：", "承办单位："))
    pieces = [f"{number}.{item.text}{label}{'、'.join((*item.leads, *item.supports))}。" for number, item in enumerate(tasks, 1)]
    return Drawn(
        "\n".join([*_head(random), "一、提升服务。" + "".join(pieces)]), tuple(Item(task.text, (*task.leads, *task.supports), ()) for task in tasks), "run on"
    )


_ENGLISH = (
    "Publish the delivery plan",
    "Train frontline staff in data protection",
    "Open two new service counters",
    "Review the complaints procedure",
    "Repair the river path",
    "Launch the online booking page",
)
_TEAMS = (
    "Finance Team",
    "Legal Services",
    "Planning Department",
    "Housing Office",
    "Parks and Leisure Service",
    "Digital Unit",
    "Department of Public Health",
    "Customer Services",
)


def english(random: Random, count: int) -> Drawn:
    """An English action plan, as a table or as prose."""
    wanted = []
    for number in range(min(count, len(_ENGLISH))):
        names = random.sample(_TEAMS, random.randint(1, 3))
        wanted.append(Item(_ENGLISH[number], tuple(names[:1]), tuple(names[1:]), random.choice(("30 June 2025", "Q3 2025", "December 2025", "Ongoing"))))
    way = random.choice(("bars", "tabs", "prose"))
    if way == "prose":
        lines = [
            f"{number}. {one.text}. (Lead: {one.leads[0]}; {f'Support: {chr(44).join(one.supports)}; ' if one.supports else ''}Due: {one.deadline})"
            for number, one in enumerate(wanted, 1)
        ]
    else:
        head = [
            "No.",
            random.choice(("Action", "Task", "Key action")),
            random.choice(("Lead", "Owner", "Lead department")),
            random.choice(("Support", "Partners", "Supporting")),
            random.choice(("Due", "Deadline", "By when")),
        ]
        rows = [head, *([str(number), one.text, one.leads[0], ", ".join(one.supports), one.deadline] for number, one in enumerate(wanted, 1))]
        lines = [(" | " if way == "bars" else "\t").join(row) for row in rows]
    return Drawn("\n".join(["Service Improvement Action Plan 2025", *lines]), tuple(wanted), f"english {way}")


LAYOUTS: Sequence[Callable[[Random, int], Drawn]] = (
    prose,
    prose,
    wrapped,
    wrapped,
    headed,
    piped,
    tabbed,
    cell_a_line,
    bar_behind,
    aligned,
    boxed,
    single_blanks,
    bare,
    run_on,
    english,
)


def draws(seed: int, rounds: int) -> Iterator[Drawn]:
    """Draw each layout a number of times, the same ones for the same seed."""
    for number in range(rounds):
        for at, layout in enumerate(LAYOUTS):
            random = Random(f"{seed} {number} {at}")  # noqa: S311 - the same draws for the same seed
            yield layout(random, random.randint(3, 9))
