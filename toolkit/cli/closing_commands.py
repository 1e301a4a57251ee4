"""The commands about what came for a period and how far it is: returns, close, reopen."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command, JsonOption, PeriodArgument
from toolkit.cli.rounds_meant import FormOption, Give, for_each_round, round_meant
from toolkit.cli.screen import PAGE, ask_secret, can_ask, complain, follow, say, show_table
from toolkit.model.period import Period

_LINES = 30  # undecided matters that the screen shows


def add_closing(app: typer.Typer, space: Callable[[], Any]) -> None:
    """Add the commands to the command line."""
    _add_returns(app, space)

    @app.command(cls=Command)
    def close(
        period: PeriodArgument,
        with_open: Annotated[bool, typer.Option("--with-open", help="有未决事项也定稿，未决事项一并记入")] = False,
        confirm: Annotated[bool, typer.Option("--confirm", help="复核：由另一个人确认已经提请的定稿")] = False,
        form: FormOption = "",
        as_json: JsonOption = False,
    ) -> None:
        """定稿：把一期的汇总表、文书和它们的依据固定下来，以后不再变。"""
        from toolkit.flows.closing.close_period import close as run

        def one(round_: Period, give: Give) -> None:
            done = run(space(), round_, with_open=with_open, confirm=confirm, progress=follow)
            if as_json:
                give(_as_data(done, str(round_)))
            else:
                for sentence in done.sentences:
                    say(sentence)
                _say_matters(done, closed=done.draft is not None or bool(done.proposed_by))
                _say_closed(done, round_)
            if done.draft is None:
                raise typer.Exit(1)

        for_each_round(space(), period, form, one, as_json=as_json)

    @app.command(cls=Command)
    def reopen(
        period: PeriodArgument,
        why: Annotated[str, typer.Option("--why", metavar="理由", help="为什么重开，会记下来")],
    ) -> None:
        """重开一期已经定稿的；定稿按稿号保留。"""
        from toolkit.flows.closing.close_period import reopen as run

        meant = round_meant(space(), period)
        draft, folder = run(space(), meant, why)
        say(f"{meant.label}已重开。第 {draft.number} 稿保留在：{folder}")
        say("改好以后再运行 close，就是下一稿；两稿之间的不同会列在“定稿后更正”里。")


def _add_returns(app: typer.Typer, space: Callable[[], Any]) -> None:
    @app.command(cls=Command)
    def returns(
        period: PeriodArgument,
        accept: Annotated[list[int] | None, typer.Option("--accept", metavar="号", help="采用这个待认定的文件，可重复")] = None,
        refuse: Annotated[list[int] | None, typer.Option("--refuse", metavar="号", help="不采用这个待认定的文件，可重复")] = None,
        exclude: Annotated[list[int] | None, typer.Option("--exclude", metavar="号", help="停用这个已汇总的文件，可重复")] = None,
        restore: Annotated[list[int] | None, typer.Option("--restore", metavar="号", help="恢复这个停用的文件，可重复")] = None,
        move: Annotated[list[int] | None, typer.Option("--move", metavar="号", help="把这个认不出期间的、或待认定的文件归到这一期，可重复")] = None,
        assign: Annotated[list[int] | None, typer.Option("--assign", metavar="号", help="认定这个认不出单位的文件是 --unit 这个单位的，可重复")] = None,
        unit: Annotated[str, typer.Option("--unit", metavar="单位", help="和 --assign 一起用：是哪个单位的")] = "",
        task: Annotated[list[str] | None, typer.Option("--task", metavar="编号", help="和 --assign 一起用：哪项任务的佐证，可重复；盖章的写“盖章件”")] = None,
        note: Annotated[str, typer.Option("--note", metavar="说明", help="为什么这样决定")] = "",
        keep_password: Annotated[bool, typer.Option("--keep-password", help="采用加密的文件时，把输入的密码存入系统钥匙串")] = False,
        page: Annotated[int, typer.Option("--page", metavar="页", min=0, help=f"文件很多时看第几页（每页 {PAGE} 行），默认列出最后的")] = 0,
    ) -> None:
        """列出一期收到的全部文件；认定、停用、恢复其中的文件。"""
        meant = round_meant(space(), period)
        asked = {"ACCEPT": accept, "REFUSE": refuse, "EXCLUDE": exclude, "RESTORE": restore}
        if move or assign or any(asked.values()):
            from toolkit.flows.intake.list_returns import assign as assign_to
            from toolkit.flows.intake.list_returns import decide
            from toolkit.flows.intake.list_returns import move as move_to
            from toolkit.model.decisions import DecisionAction

            for deed in DecisionAction:
                numbers = asked[deed.name]
                for sentence in decide(space(), numbers, deed, note, ask=ask_secret if can_ask() else None, keep=keep_password) if numbers else ():
                    say(sentence)
            for sentence in move_to(space(), move, meant, note) if move else ():
                say(sentence)
            for sentence in assign_to(space(), assign, unit, meant, note, task or ()) if assign else ():
                say(sentence)
        from toolkit.flows.office.kept_answers import answer

        here = space()
        files, later = answer(here, f"returns {meant}", lambda: _listed(here, meant))
        show_table("收到的文件", ("号", "单位", "报送时间", "结果", "采用", "文件", "说明"), files, page=page)
        if later:
            show_table("定稿后更正", ("稿", "事项", "单位", "编号", "栏目", "定稿值", "现值", "原因", "经办"), later)


def _listed(space: Any, period: Period) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Give the rows of a period's files, and of what came after its closing."""
    from toolkit.flows.closing.close_period import list_corrections
    from toolkit.flows.intake.list_returns import list_returns

    files = [tuple(listed) for listed in list_returns(space, period)]
    later: list[tuple[object, ...]] = [
        (f"第 {change.draft} 稿", change.kind, change.unit, change.number, change.column, change.closed, change.now, change.why, change.who)
        for change in list_corrections(space, period)
    ]
    return files, later


def _say_matters(done: Any, *, closed: bool) -> None:
    if not done.matters:
        return
    rows = [(matter.kind, matter.unit or "—", matter.number or "—", matter.text, matter.place) for matter in done.matters]
    show_table("未决事项", ("事项", "单位", "编号", "内容", "位置"), rows[:_LINES])
    if len(rows) > _LINES:
        say(f"另有 {len(rows) - _LINES} 项；全部用 close --json 看，或看汇总表的“问题清单”“进展不一”“报送情况”。")
    if not closed:
        complain(f"还有 {len(rows)} 项没有决定，没有定稿。请先在汇总表里处理，“待确认”的在任务总表里答；要带着未决事项定稿，请加 --with-open。")


def _say_closed(done: Any, period: Period) -> None:
    if done.proposed_by:
        words = f"close {period} --confirm{' --with-open' if done.matters else ''}"
        complain(f"{done.proposed_by}已提请{period.label}定稿，还要另一个人复核：请由他运行“{words}”。")
    elif done.draft is not None:
        draft = done.draft
        by = f"经办 {draft.who}" + (f"，复核 {draft.confirmed_by}" if draft.confirmed_by else "")
        say(f"{period.label}已定稿：第 {draft.number} 稿，{by}，共 {done.files} 个文件，未决事项 {len(done.matters)} 项。")
        say(f"汇总表：{done.path}")


def _as_data(done: Any, period: str) -> dict[str, Any]:
    draft = {"number": done.draft.number, "who": done.draft.who, "confirmed_by": done.draft.confirmed_by, "at": str(done.draft.at)} if done.draft else None
    matters = [matter._asdict() for matter in done.matters]
    proposed_by, left = done.proposed_by or None, list(done.sentences)
    return {"period": period, "draft": draft, "files": done.files, "open_matters": matters, "proposed_by": proposed_by, "left": left}
