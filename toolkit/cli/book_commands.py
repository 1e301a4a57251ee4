"""The commands that make books and papers, and those that account for them: consolidate, documents, scorecards, open, pdf, verify, trace."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command, JsonOption, PeriodArgument
from toolkit.cli.rounds_meant import FormOption, Give, for_each_round, round_meant
from toolkit.cli.screen import follow, say, show_table
from toolkit.model.form import LightRule
from toolkit.model.period import Period

ListOption = Annotated[str, typer.Option("--list", metavar="清单", help="一年有几份清单时只做这一份的汇总表，如 民生实事；没有名称的那份叫“主清单”")]


def add_books(app: typer.Typer, space: Callable[[], Any], say_faults: Callable[[Any], None], say_left: Callable[[Any], None]) -> None:
    """Add the commands to the command line."""

    @app.command(cls=Command)
    def consolidate(period: PeriodArgument, form: FormOption = "", listed: ListOption = "", as_json: JsonOption = False) -> None:
        """生成汇总表；一年有几份清单的，每份清单各有一本，另有一本总的。"""
        from toolkit.flows.report.open_book import refresh as run

        def one(round_: Period, give: Give) -> None:
            done = run(space(), round_, listed)
            if as_json:
                give(_consolidated(done, str(round_)))
            else:
                say_faults(done.findings)
                say(_rows(done))
                say(f"汇总表：{done.path}")
                for name, path in () if listed else done.lists:
                    say(f"　　{name}：{path}")
            say_left(done.left)

        for_each_round(space(), period, form, one, as_json=as_json)

    @app.command(cls=Command)
    def documents(
        period: PeriodArgument,
        yellow: Annotated[bool, typer.Option("--yellow", help="黄灯任务也发督办通知单，默认只发红灯任务")] = False,
        form: FormOption = "",
    ) -> None:
        """写通报、督办通知单、催报、工作方案汇编和签批页。"""
        from toolkit.flows.report.documents import documents as run

        def one(round_: Period, _: Give) -> None:
            done = run(space(), round_, yellow=yellow, progress=follow)
            say_faults(done.findings)
            _say_documents(done)
            say_left(done.left)

        for_each_round(space(), period, form, one)

    @app.command("open", cls=Command)
    def open_command(period: PeriodArgument) -> None:
        """更新汇总表并打开它；已在 Excel 中打开的，先保存再刷新。"""
        from toolkit.flows.report.open_book import show

        done = show(space(), round_meant(space(), period))
        say(f"汇总表：{done.path}" if done.opened else f"汇总表已更新，请自己打开：{done.path}")
        say_left(done.left)

    @app.command(cls=Command)
    def pdf(period: PeriodArgument) -> None:
        """更新汇总表并生成 PDF。"""
        from toolkit.flows.report.open_book import make_pdf

        say(f"PDF：{make_pdf(space(), round_meant(space(), period))}")

    _add_scorecards(app, space, say_left)
    _add_account(app, space)
    _add_check_page(app, space)


def _add_check_page(app: typer.Typer, space: Callable[[], Any]) -> None:
    @app.command("check-page", cls=Command)
    def check_command(
        source: Annotated[str, typer.Argument(metavar="文件或校验码", help="签批表的扫描件或照片（jpg、png、tif、pdf），或校验码")],
        signed: Annotated[str, typer.Option("--signed", metavar="日期", help="签字盖章的日期，记作所牵头任务的签收日期；扫描件不写的记今天")] = "",
    ) -> None:
        """核对单位签字盖章的签批表：签的是哪些数，与台账现在的是否一致；还没有签收的任务记为签收。"""
        from toolkit.flows.intake.check_page import check_page as run

        done = run(space(), source, signed)
        for checked in done:
            form = checked.form
            figures = len(form.figures())
            say(f"{form.unit} {checked.label}，回执编号 {form.receipt or '无'}，校验码 {form.digest[:16]}：签的是 {len(form.rows)} 行、{figures} 个填报值。")
            if checked.different:
                show_table("与台账现在的不一致", ("编号", "栏目", "签的", "现在"), checked.different)
            else:
                say("与台账现在的完全一致。")
            if not checked.same_file:
                say("签字以后又收了这个单位的表，现在用的不是签的那一份文件。")
            if checked.stamped:
                say(f"记为签收：{'、'.join(checked.stamped)}。")
        if any(checked.different for checked in done):
            raise typer.Exit(1)


def _rows(done: Any) -> str:
    """Count a round's rows by their lights; only how many where its form has no lights."""
    if done.round.task_form.light is LightRule.NONE:
        return f"共 {len(done.round.tasks)} 行，不亮灯"
    return "、".join(f"{light} {count}" for light, count in _lights(done).items())


def _lights(done: Any) -> dict[str, int]:
    return {str(light): count for light, count in done.assessment.counted().items()}


def _consolidated(done: Any, period: str) -> dict[str, object]:
    missing = [unit.unit for unit in done.round.units if unit.outcome is None]
    return {"period": period, "path": str(done.path), "lights": _lights(done), "units": len(done.round.units), "missing": missing, "left": list(done.left)} | (
        {"lists": {name: str(path) for name, path in done.lists}} if done.lists else {}
    )


def _add_account(app: typer.Typer, space: Callable[[], Any]) -> None:
    @app.command(cls=Command)
    def verify(period: PeriodArgument) -> None:
        """用归档的原件重新核对一期的台账和汇总表，有不同就逐条列出。"""
        from toolkit.flows.closing.verify import verify as run

        done = run(space(), round_meant(space(), period), progress=follow)
        if done.differences:
            show_table("不一致", ("文件", "位置", "台账", "原件"), done.differences)
        say(f"核对了 {done.files} 个文件、{done.values} 个数据，不一致 {len(done.differences)} 处。")
        for sentence in done.books:
            say(sentence)
        if done.differences:
            raise typer.Exit(1)

    @app.command(cls=Command)
    def trace(
        period: PeriodArgument,
        number: Annotated[str, typer.Argument(metavar="编号", help="任务总表里的编号，如 任务7")],
        unit: Annotated[str, typer.Argument(metavar="单位", help="单位的名称或别名")],
        field: Annotated[str, typer.Option("--field", metavar="栏目", help="只看这一栏")] = "",
        as_json: JsonOption = False,
    ) -> None:
        """追溯一个单位一项任务的数：哪封邮件、哪个文件、哪一格，填的是什么，怎样读、怎样定，汇总表里是什么。"""
        from toolkit.flows.report.trace import trace as run

        found = run(space(), round_meant(space(), period), number, unit, field=field)
        if as_json:
            subject = {name: getattr(found, name) for name in ("period", "number", "task", "unit", "role", *(["listed"] if found.listed else []))}
            parts = (("came", found.arrivals), ("said", found.answers), ("stands", found.standings), ("below", found.lower))
            lists = {name: [step._asdict() for step in steps] for name, steps in parts}
            say(json.dumps(subject | lists, ensure_ascii=False, indent=1))
            return
        listed = f"〔{found.listed}〕" if found.listed else ""
        say(f"{found.period} {found.number}{listed}（{found.unit}，{found.role}）：{found.task}")
        arrivals = [
            (
                arrival_step.file,
                arrival_step.sent,
                f"{arrival_step.outcome}：{arrival_step.reason}",
                "\n".join(filter(None, (arrival_step.origin, arrival_step.name, arrival_step.path))),
            )
            for arrival_step in found.arrivals
        ]
        show_table("收到的文件", ("号", "报送时间", "结果", "邮件、文件和原件"), arrivals)
        show_table("填的和读到的", ("号", "栏目", "单元格", "填的", "读作", "问题"), [_answer_row(step) for step in found.answers])
        show_table("现在汇总表里的", ("栏目", "值", "出自"), found.standings)
        if found.lower:
            show_table("下级来源", ("栏目", "单元格", "算法", "下级", "下级文件和单元格", "所写"), [_lower_row(step) for step in found.lower])


def _lower_row(step: Any) -> tuple[object, ...]:
    below = f"{step.unit}（往下 {step.level} 级）" if step.level > 1 else step.unit
    where = "\n".join(filter(None, (f"{step.file} {step.place}".strip(), f"摘要 {step.digest[:16]}" if step.digest else "")))
    return step.title, step.at, step.how, below, where, step.typed


def _answer_row(step: Any) -> tuple[object, ...]:
    understood = "同左" if step.typed and step.understood == step.typed else step.understood
    return step.file, step.title, step.at, step.typed, understood, "\n".join(step.findings)


def _add_scorecards(app: typer.Typer, space: Callable[[], Any], say_left: Callable[[Any], None]) -> None:
    @app.command(cls=Command)
    def scorecards(
        period: PeriodArgument,
        unit: Annotated[list[str] | None, typer.Option("--unit", metavar="单位", help="只写这个单位的，可重复")] = None,
        as_json: JsonOption = False,
    ) -> None:
        """写成绩单：每个单位一页，附申诉表；定稿以前的是草稿。申诉处理了的，写答复。"""
        from toolkit.flows.report.scorecards import scorecards as run

        meant = round_meant(space(), period)
        done = run(space(), meant, only=unit or (), progress=follow)
        if as_json:
            say(json.dumps({**done._asdict(), "folder": str(done.folder), "period": str(meant)}, ensure_ascii=False, indent=1))
        else:
            _say_scorecards(done, meant)
        say_left(done.left)


def _say_scorecards(done: Any, period: Period) -> None:
    state = "（草稿：还没有定稿，不附申诉表，不能发送）" if done.is_draft else ""
    say(f"成绩单 {len(done.units)} 份{state}，其中新写 {done.books} 份、PDF {done.papers} 份。")
    if done.forms or done.answers:
        say(f"新附申诉表 {len(done.forms)} 份，新写申诉答复 {len(done.answers)} 份。")
    for sentence in done.notes:
        say(sentence)
    say(f"成绩单：{done.folder}")
    say(f"下一步：{f'close {period} 定稿' if done.is_draft else f'send {period} --what 成绩 发给各单位'}。")


def _say_documents(done: Any) -> None:
    from toolkit.flows.report.written_papers import PaperOutcome
    from toolkit.model.form import LETTERS

    kinds = dict.fromkeys(document.kind for document in done.made)
    rows = [(kind, *(sum(document.kind == kind and document.fate is fate for document in done.made) or "" for fate in PaperOutcome)) for kind in kinds]
    show_table("写成的文书", ("文书", *PaperOutcome), rows)
    for document in done.made:
        if document.fate is PaperOutcome.BESIDE:
            say(f"原来的文书已被编辑过，没有改动；新的一份写在旁边：{document.name}")
        elif document.fate is PaperOutcome.WITHDRAWN:
            say(f"该单位已经报送，撤下：{document.name}")
    if done.nobody:
        say(f"还不知道发文机关，文书里留着“{done.nobody}”：请在 settings.toml 的 office 里填写名称，再运行一次。")
    say(f"文书：{done.folder}")
    if LETTERS in kinds:
        say("下一步：再运行一次 consolidate，汇总表里就有“督办台账”。")
