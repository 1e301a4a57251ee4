"""doctor: what is wrong with the workspace and how to mend it."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from toolkit.edges.backups import last_backup
from toolkit.edges.clock import now
from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.ledger.key_record import fits, renew
from toolkit.edges.ledger.ledger import FileRecord, Ledger
from toolkit.edges.ledger.sqlite_file import NETWORK
from toolkit.edges.machine import chinese_fonts, free_space, library_versions, may_write, office_programs, outdated_libraries, python_version
from toolkit.edges.mail.mail_settings import load_post
from toolkit.edges.mail.mailbox import Mailbox
from toolkit.edges.mail.smtp_sender import MailSender
from toolkit.edges.read_watch_plan import load_plan
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import RULES, WORK, Workspace
from toolkit.flows.office.guard_office_books import REMEDY, find_unsafe
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.sealing_key import NO_ORIGINALS, SHARING, sealing_key
from toolkit.flows.upkeep.draw_forms import draw_form
from toolkit.flows.upkeep.erase import keeping
from toolkit.flows.upkeep.examine_evidence import changed_evidence
from toolkit.flows.upkeep.examine_languages import examine_languages
from toolkit.flows.upkeep.examine_upper import examine_upper
from toolkit.issuing.unit_rows import TASK_FACTS, unknown_sources
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.evidence import limits_from
from toolkit.model.findings import Finding, Level
from toolkit.model.form import Form
from toolkit.model.form_addressees import addressed_form
from toolkit.model.mail_server import MailSettings
from toolkit.model.master import Master
from toolkit.model.retention import Kept
from toolkit.model.rules import Rules

LOST_LEDGER = (
    "请从备份恢复。没有备份的：把发过的各期重新 generate 一遍，再把 records/returns 里的原件拷进 inbox（连文件夹一起），运行 collect；"
    "密钥没有换过，都认得出来，时间也还是原来的。认定和督办要重新填。"
)
_OLD_BACKUP = 100  # days: a quarter
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


def new_key(space: Workspace) -> None:
    """Seal with a new key, or with the one that is here, in the place of one that is lost for good. Raises CommandError where that one is still there."""
    with space.alone(), closing(Ledger(space.ledger_url())) as ledger, ledger.database.alone(WORK), ledger.writing() as connection:
        if space.has_key() and fits(connection, space.key()):
            raise CommandError("密钥还在，不用换。", "换了密钥，已经发出的表就不能认了。")
        renew(connection, space.key())


def doctor(space: Workspace) -> list[Examined]:
    """Look at everything that work stands on; never raises for what it finds."""
    unsafe = [Examined(finding.place.file, Health.BAD, finding.message, REMEDY) for finding in find_unsafe(space)]
    books = unsafe or [*_rules(space), *_forms(space), *_master(space)]
    above = (Examined("上级来表", Health.GOOD if found.is_well else Health.FAIR, found.seen, found.remedy) for found in examine_upper(space))
    return [*_machine(space), *books, *_ledger(space), *(above if not unsafe else ()), *_mail(space)]


def _machine(space: Workspace) -> Iterator[Examined]:
    yield Examined("Python", Health.GOOD, python_version())
    missing = [name for name, version in library_versions().items() if not version]
    wrong = "；".join(filter(None, ("缺少 " + "、".join(missing) if missing else "", "太旧：" + "、".join(old) if (old := outdated_libraries()) else "")))
    remedy = "删掉 .venv 文件夹，再运行 python run.py，会重新安装。"
    yield Examined("程序组件", Health.BAD if wrong else Health.GOOD, wrong or "齐全", remedy if wrong else "")
    fonts = chinese_fonts()
    remedy = "" if fonts else "没有中文字体，PDF 和打印里汉字会成方块。请安装一种，如思源宋体（Noto CJK）、仿宋、宋体。"
    yield Examined("中文字体", Health.GOOD if fonts else Health.FAIR, "、".join(fonts[:3]) or "没有找到", remedy)
    offices = office_programs()
    remedy = "" if offices else "打开汇总表需要 WPS、Excel 或 LibreOffice。"
    yield Examined("办公软件", Health.GOOD if offices else Health.FAIR, "、".join(offices) or "没有找到", remedy)
    free = free_space(space.root)
    yield Examined("磁盘", Health.GOOD if free > _LITTLE_DISK else Health.FAIR, f"剩余 {free / 1e9:.1f} GB", "" if free > _LITTLE_DISK else "请清理磁盘。")
    shut = [space.relative(folder) for folder in (space.templates, space.inbox, space.root / "outbox", space.records, space.returns) if not may_write(folder)]
    remedy = "请检查文件夹的写权限，不要放在光盘或只读共享里。" if shut else ""
    yield Examined("工作区", Health.BAD if shut else Health.GOOD, f"不能写入：{'、'.join(shut)}" if shut else str(space.root), remedy)
    faults = space.records / "log" / "程序.log"
    if faults.exists() and faults.stat().st_size:
        yield Examined("程序日志", Health.FAIR, "程序出过错，记在 records/log/程序.log", "请把这个文件发给维护人员。")


def _rules(space: Workspace) -> Iterator[Examined]:
    _, faults = load_rules(space.templates / RULES, _list(space))
    yield from _judged(RULES, faults, "齐全")


def _list(space: Workspace) -> Master | None:
    """Give the list as far as it can be read: what is wrong with it is said under its own name."""
    try:
        return load_master(space.master)[0]
    except CommandError:
        return None


def _forms(space: Workspace) -> Iterator[Examined]:
    master = _list(space)
    rules, _ = load_rules(space.templates / RULES, master)
    for path in space.form_files():
        form, faults = load_form(path, space.master)
        form, names = addressed_form(form, master) if form and master and master.units else (form, ())
        yield from _judged(path.name, (*faults, *names), f"{form.name}，{sum(len(table.fields) for table in form.tables)} 个栏目" if form else "")
        if form is not None:
            yield from _sources(form)
        if form is not None and rules is not None:
            yield from _drawn(space, form, master, rules)
    for thing, is_well, seen, remedy in examine_languages(space):
        yield Examined(thing, Health.GOOD if is_well else Health.FAIR, seen, remedy)


def _drawn(space: Workspace, form: Form, master: Master | None, rules: Rules) -> Iterator[Examined]:
    """Draw a form and say in short how it is judged; the rest stands in the drawing."""
    try:
        drawn = draw_form(space, form, master, rules)
    except OSError as error:
        yield Examined(form.file, Health.FAIR, f"样张没有画成：{reason_of(error)}", "请关闭打开着的样张，检查磁盘空间，再运行一次。")
        return
    said = {account.about: account.sentence for account in drawn.account}
    account = "".join(f"{about}：{said[about]}" for about in ("灯", "汇总", "计分", "文书"))
    yield Examined(form.file, Health.GOOD, f"样张（{drawn.unit}）：{space.relative(drawn.path.parent)}。{account}")


def _sources(form: Form) -> Iterator[Examined]:
    for _, field in unknown_sources(form):
        seen = f"{field.place}：“{field.title}”的取自“{field.taken_from}”没有对应的内容，发出的表里会是空的"
        yield Examined(form.file, Health.FAIR, seen, f"可以写：{'、'.join(TASK_FACTS)}，或“上期.代码”。")


def _master(space: Workspace) -> Iterator[Examined]:
    try:
        master, faults = load_master(space.master)
    except CommandError as trouble:
        yield Examined(space.master.name, Health.BAD, trouble.message, trouble.advice)
        return
    waiting = len(master.open_doubts())
    seen = f"任务 {len(master.live_tasks())} 项，单位 {len(master.addressees())} 个，待确认 {waiting} 处"
    if waiting:
        yield Examined(space.master.name, Health.FAIR, seen, "请打开任务总表，在“待确认”表的“处理”栏里逐条回答。")
    found = _with_questions(space, faults)
    yield from _judged(space.master.name, found, seen) if found or not waiting else ()


def _with_questions(space: Workspace, faults: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give the faults of the lists with what the clerk is asked about them; the list's own `faults` where the rest cannot be told, which is said elsewhere."""
    try:
        with open_office(space) as office:
            lists = {space.master.name, *(path.name for path in space.year_lists().values())}
            return tuple(fault for fault in (*office.asked, *office.findings) if fault.place.file in lists)
    except CommandError:
        return faults


def _ledger(space: Workspace) -> Iterator[Examined]:
    try:
        with closing(Ledger(space.ledger_url())) as ledger:
            damage, files, where, shared = ledger.database.damage(), ledger.all_files(), ledger.database.where(), ledger.database.is_on_server
            with ledger.reading() as connection:
                entries, broken = audit(connection)
                closed, size = closing_records.drafts(connection), closing_records.size(connection)
            sealing_key(space, ledger)
            erased = erased_of(ledger.database, (Kept.ORIGINAL, Kept.EVIDENCE))
    except CommandError as trouble:
        yield Examined("台账和密钥", Health.BAD, trouble.message, trouble.advice)
        return
    if damage:
        yield Examined("台账和密钥", Health.BAD, f"台账文件损坏：{damage}", "请从备份恢复；原件都还在 records/returns。")
        return
    yield _place(space, where)
    originals = sum(path.is_file() for path in space.returns.rglob("*"))
    if originals and not files:
        yield Examined("台账和密钥", Health.BAD, f"台账是空的，records/returns 里却有 {originals} 份原件", LOST_LEDGER)
        return
    yield Examined("台账和密钥", Health.GOOD, f"登记文件 {len(files)} 个")
    remedy = "请先运行 backup 留下现状，再用 verify 期间 核对原件；改动过的，从以前的备份恢复。" if broken else ""
    yield Examined("事件记录", Health.BAD if broken else Health.GOOD, broken or f"{entries} 条，环环相扣，与台账一致", remedy)
    if closed:
        yield Examined("定稿", Health.GOOD, f"{'、'.join(f'{period} 第 {len(drafts)} 稿' for period, drafts in closed.items())}，占台账 {size / 1e6:.1f} MB")
    lost = [file.path for file in files if file.path and file.id not in erased and not (space.root / file.path).is_file()]
    if lost:
        yield Examined("原件", Health.BAD, f"{'这里没有' if shared else '不见了'} {len(lost)} 份，如 {lost[0]}", NO_ORIGINALS[shared])
    changed = changed_evidence(space.root, [file for file in files if file.id not in erased])
    if changed:
        yield Examined("佐证材料", Health.BAD, f"有 {len(changed)} 份归档以后被改动过，如 {changed[0]}", "请从备份恢复；没有备份的，请单位重新报送。")
    yield from _safety(space, files)
    yield from _keeping(space)


def _place(space: Workspace, where: str) -> Examined:
    if space.shows_password():
        remedy = f"请从 settings.toml 的 ledger 里去掉密码，改写进环境变量 PGPASSWORD 或密码文件，{SHARING}"
        return Examined("台账位置", Health.FAIR, f"{where}；密码写在 settings.toml 里，能看到工作区的人都看得到", remedy)
    if where.startswith(NETWORK):
        remedy = f"只有一台机器用的，放在本机硬盘又快又稳；几台机器用的，请把台账放到 PostgreSQL 服务器上，{SHARING}"
        return Examined("台账位置", Health.FAIR, f"{where}，已改用网络盘上稳妥的写法", remedy)
    return Examined("台账位置", Health.GOOD, where)


def _keeping(space: Workspace) -> Iterator[Examined]:
    """Say what has been kept for its time, and what of its settings, or of those of evidence, cannot be read."""
    try:
        limits_from(space.settings())
        seen = sorted(f"{kind}：{words}" for kind, words in keeping(space))
    except CommandError as trouble:
        yield Examined("保存期限", Health.BAD, trouble.message, trouble.advice)
        return
    if seen:
        yield Examined("保存期限", Health.FAIR, "；".join(seen), "先看 erase --due 列出的；没有定稿的期先 close，核对无误后加 --yes 销毁。")


def _safety(space: Workspace, files: Sequence[FileRecord]) -> Iterator[Examined]:
    """Look at the clock, and at when a backup was made."""
    newest, today = max((file.collected for file in files), default=None), now()
    if newest and newest > today + timedelta(days=1):
        seen = f"电脑的日期是 {today:%Y-%m-%d}，台账里却有 {newest:%Y-%m-%d} 收的文件"
        yield Examined("日期", Health.FAIR, seen, "请核对电脑的日期；日期不对，按时、迟报就判不准。")
    made = last_backup(space.root)
    age = (today - made).days if made else None
    if files and (age is None or age > _OLD_BACKUP):
        seen = f"上次是 {made:%Y-%m-%d}" if made else "还没有备份过"
        yield Examined("备份", Health.FAIR, seen, "运行 backup 备份.zip，存到别的盘；密钥只有备份里有第二份。")
    elif made:
        yield Examined("备份", Health.GOOD, f"上次是 {made:%Y-%m-%d}")


def _judged(thing: str, faults: tuple[Finding, ...], seen: str) -> Iterator[Examined]:
    if not faults:
        yield Examined(thing, Health.GOOD, seen)
    for fault in faults:
        yield Examined(thing, Health.BAD if fault.level is Level.ERROR else Health.FAIR, f"{fault.place}：{fault.message}", fault.advice)


def _mail(space: Workspace) -> Iterator[Examined]:
    try:
        post, plan = load_post(space), load_plan(space)
    except CommandError as trouble:
        yield Examined("邮件", Health.BAD, trouble.message, trouble.advice)
        return
    yield from _logins(post)
    servers = "、".join(f"{name} {server.host}" for name, server in (("发信", post.smtp), ("收信", post.imap)) if server)
    yield Examined("邮件", Health.GOOD, f"{servers}，每 {plan.minutes} 分钟看一次" if servers else "没有设服务器，只写邮件草稿")


def _logins(post: MailSettings) -> Iterator[Examined]:
    """Try to log in where a server is set."""
    try:
        if post.smtp:
            with MailSender(post, post.smtp) as postman:
                postman.call()
            yield Examined("发信登录", Health.GOOD, post.smtp.host)
    except CommandError as trouble:
        yield Examined("发信登录", Health.BAD, trouble.message, trouble.advice)
    try:
        if post.imap:
            with Mailbox(post.imap, post.folder):
                pass
            yield Examined("收信登录", Health.GOOD, post.imap.host)
    except CommandError as trouble:
        yield Examined("收信登录", Health.BAD, trouble.message, trouble.advice)
