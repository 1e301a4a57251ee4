"""doctor: what is wrong with the workspace and how to mend it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from toolkit.edges.definitions import load_form
from toolkit.edges.ledger import Ledger
from toolkit.edges.ledger_audit import audit
from toolkit.edges.machine import free_space, library_versions, office_programs, python_version
from toolkit.edges.master_in import load_master
from toolkit.edges.plan_in import load_plan
from toolkit.edges.post_in import load_post
from toolkit.edges.rules_in import load_rules
from toolkit.edges.workspace import RULES, Workspace
from toolkit.issuing.rows import TASK_FACTS, unknown_sources
from toolkit.model.findings import Finding, Level
from toolkit.model.form import Form
from toolkit.model.trouble import Trouble

_LITTLE_DISK = 500_000_000  # bytes: a year of an office's originals and books


class Health(StrEnum):
    """How a thing is, as a traffic light in words."""

    GOOD = "正常"
    FAIR = "注意"
    BAD = "有误"


class Examined(NamedTuple):
    """One thing looked at: how it is, what was seen, what to do."""

    thing: str
    health: Health
    seen: str
    remedy: str = ""


def doctor(space: Workspace) -> list[Examined]:
    """Look at everything that work stands on; never raises for what it finds."""
    return [*_machine(space), *_rules(space), *_forms(space), *_master(space), *_ledger(space), *_mail(space)]


def _machine(space: Workspace) -> Iterator[Examined]:
    yield Examined("Python", Health.GOOD, python_version())
    missing = [name for name, version in library_versions().items() if not version]
    remedy = "删掉 .venv 文件夹，再运行 python run.py，会重新安装。"
    yield Examined("程序组件", Health.BAD if missing else Health.GOOD, "缺少 " + "、".join(missing) if missing else "齐全", remedy if missing else "")
    offices = office_programs()
    remedy = "" if offices else "打开汇总表需要 WPS、Excel 或 LibreOffice。"
    yield Examined("办公软件", Health.GOOD if offices else Health.FAIR, "、".join(offices) or "没有找到", remedy)
    free = free_space(space.root)
    yield Examined("磁盘", Health.GOOD if free > _LITTLE_DISK else Health.FAIR, f"剩余 {free / 1e9:.1f} GB", "" if free > _LITTLE_DISK else "请清理磁盘。")
    yield Examined("工作区", Health.GOOD, str(space.root))


def _rules(space: Workspace) -> Iterator[Examined]:
    try:
        master, _ = load_master(space.master)
    except Trouble:
        master = None  # said under its own name; units of exemptions then cannot be judged
    _, faults = load_rules(space.templates / RULES, master)
    yield from _judged(RULES, faults, "齐全")


def _forms(space: Workspace) -> Iterator[Examined]:
    for path in space.form_files():
        form, faults = load_form(path)
        yield from _judged(path.name, faults, f"{form.name}，{sum(len(table.fields) for table in form.tables)} 个栏目" if form else "")
        if form is not None:
            yield from _sources(form)


def _sources(form: Form) -> Iterator[Examined]:
    for _, field in unknown_sources(form):
        seen = f"{field.place}：“{field.title}”的取自“{field.taken_from}”没有对应的内容，发出的表里会是空的"
        yield Examined(form.file, Health.FAIR, seen, f"可以写：{'、'.join(TASK_FACTS)}，或“上期.代码”。")


def _master(space: Workspace) -> Iterator[Examined]:
    try:
        master, faults = load_master(space.master)
    except Trouble as trouble:
        yield Examined(space.master.name, Health.BAD, trouble.message, trouble.advice)
        return
    seen = f"任务 {len(master.live_tasks())} 项，单位 {len(master.addressees())} 个，待确认 {len(master.doubts)} 处"
    yield from _judged(space.master.name, faults, seen)


def _ledger(space: Workspace) -> Iterator[Examined]:
    try:
        ledger = Ledger(space.ledger_url())
        count = len(ledger.all_files())
        with ledger.reading() as connection:
            entries, broken = audit(connection)
        ledger.close()
        space.key()
    except Trouble as trouble:
        yield Examined("台账和密钥", Health.BAD, trouble.message, trouble.advice)
        return
    yield Examined("台账和密钥", Health.GOOD, f"登记文件 {count} 个")
    remedy = "请先运行 backup 留下现状，再用 verify 期间 核对原件；改动过的，从以前的备份恢复。" if broken else ""
    yield Examined("事件记录", Health.BAD if broken else Health.GOOD, broken or f"{entries} 条，环环相扣，与台账一致", remedy)


def _judged(thing: str, faults: tuple[Finding, ...], seen: str) -> Iterator[Examined]:
    if not faults:
        yield Examined(thing, Health.GOOD, seen)
    for fault in faults:
        yield Examined(thing, Health.BAD if fault.level is Level.ERROR else Health.FAIR, f"{fault.place}：{fault.message}", fault.advice)


def _mail(space: Workspace) -> Iterator[Examined]:
    try:
        post, plan = load_post(space), load_plan(space)
    except Trouble as trouble:
        yield Examined("邮件", Health.BAD, trouble.message, trouble.advice)
        return
    servers = "、".join(f"{name} {server.host}" for name, server in (("发信", post.smtp), ("收信", post.imap)) if server)
    yield Examined("邮件", Health.GOOD, f"{servers}，每 {plan.minutes} 分钟看一次" if servers else "没有设服务器，只写邮件草稿")
