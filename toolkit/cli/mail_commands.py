"""The commands of mail and of unattended work: send, fetch, remind, watch."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command, PeriodArgument
from toolkit.cli.rounds_meant import FormOption, Give, for_each_round
from toolkit.cli.screen import follow, say, show_table
from toolkit.model.letter import Kind
from toolkit.model.period import Period

UnitOption = Annotated[list[str] | None, typer.Option("--unit", metavar="单位", help="只发给这个单位，可重复")]
ResendOption = Annotated[list[str] | None, typer.Option("--resend", metavar="单位", help="核对后重新发给这个单位，可重复")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="只列出要发的邮件，不发送")]
TextOption = Annotated[bool, typer.Option("--text", help="只写出可以复制到微信、短信里的催报文字，不发邮件")]
_KINDS = "发放（报送表，默认）、退回（退改表和回执）、文书、成绩（成绩单、申诉表和答复）、催报"
WhatOption = Annotated[Kind, typer.Option("--what", metavar="内容", show_default=False, help=_KINDS)]


def add_mail(app: typer.Typer, space: Callable[[], Any], say_faults: Callable[[Any], None], say_left: Callable[[Any], None]) -> None:
    """Add the commands to the command line."""

    @app.command(cls=Command)
    def send(
        period: PeriodArgument,
        unit: UnitOption = None,
        what: WhatOption = Kind.ISSUE,
        resend: ResendOption = None,
        dry: DryOption = False,
        form: FormOption = "",
    ) -> None:
        """把报送表、退改表、文书或成绩单发到各单位的邮箱；没有设邮件服务器时写成邮件草稿。"""
        from toolkit.flows.mail.send import preview
        from toolkit.flows.mail.send import send as run

        if what is Kind.REMINDER:
            remind(period, unit, resend, dry, form=form)
            return

        def one(round_: Period, _: Give) -> None:
            if dry:
                rows, left = preview(space(), round_, what, only=unit or ())
                _show(rows)
                say_left(left)
                return
            done = run(space(), round_, what, only=unit or (), resend=resend or (), progress=follow)
            say_faults(done.findings)
            _say_delivered(done.delivered, round_)
            say_left(done.delivered.left)

        for_each_round(space(), period, form, one)

    remind = _add_reminders(app, space, say_faults, say_left)

    @app.command(cls=Command)
    def fetch() -> None:
        """把邮箱里的新邮件收到收件箱文件夹；邮箱里的邮件不动。"""
        from toolkit.flows.mail.fetch import fetch as run

        done = run(space(), progress=follow)
        say_faults(done.findings)
        say(f"收到新邮件 {len(done.files)} 封，放进收件箱；自己发出的和自动回复 {done.ignored} 封，没有收。")
        if done.files:
            say("下一步：运行 collect 收表。")

    @app.command(cls=Command)
    def watch(once: Annotated[bool, typer.Option("--once", help="只看一次，做完该做的就结束（供系统的计划任务调用）")] = False) -> None:
        """无人值守：按日程发表、收信、收表、催报、汇总；按 Ctrl-C 停止。"""
        from toolkit.flows.upkeep.watch import watch as run

        run(space(), once=once, say=say)


def _add_reminders(app: typer.Typer, space: Callable[[], Any], say_faults: Callable[[Any], None], say_left: Callable[[Any], None]) -> Callable[..., None]:
    @app.command(cls=Command)
    def remind(
        period: PeriodArgument,
        unit: UnitOption = None,
        resend: ResendOption = None,
        dry: DryOption = False,
        text: TextOption = False,
        form: FormOption = "",
    ) -> None:
        """催报：还没报的、退改还没交回的单位，每天最多一封。"""
        from toolkit.flows.mail.remind import preview_reminders
        from toolkit.flows.mail.remind import remind as run

        def one(round_: Period, _: Give) -> None:
            if text:
                _say_texts(space(), round_, unit or (), say_faults)
                return
            if dry:
                _show(preview_reminders(space(), round_, only=unit or ()))
                return
            done = run(space(), round_, only=unit or (), resend=resend or (), progress=follow)
            say_faults(done.findings)
            _say_delivered(done.delivered, round_)
            say_left(done.delivered.left)

        for_each_round(space(), period, form, one)

    return remind


def _say_texts(space: Any, period: Period, units: Sequence[str], say_faults: Callable[[Any], None]) -> None:
    from toolkit.flows.report.reminder_texts import reminder_texts

    found = reminder_texts(space, period, only=units)
    say_faults(found.findings)
    say(found.text or "没有要催的单位。")


def _show(rows: Any) -> None:
    show_table("要发的邮件（没有发送）", ("单位", "邮箱", "主题", "附件", "情况"), rows)


def _say_delivered(done: Any, period: Period) -> None:
    say(f"发出 {len(done.sent)} 封，以前已发过的 {len(done.before)} 封。")
    if done.drafts:
        say(f"写成草稿 {len(done.drafts)} 封，在 outbox/{period}/邮件，用 Foxmail 或 Outlook 打开就能发。")
    if done.unaddressed:
        say(f"没有邮箱的单位：{'、'.join(done.unaddressed)}。请在任务总表的“单位”表里补上“邮箱”。")
