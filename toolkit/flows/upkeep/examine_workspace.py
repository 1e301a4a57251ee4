"""doctor, of the workspace: rules, forms, master list, ledger, key, originals; what is wrong with them and how to mend it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial

from toolkit.edges.backups import last_backup
from toolkit.edges.clock import now
from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.ledger.ledger import FileRecord, Ledger
from toolkit.edges.ledger.sqlite_file import NETWORK
from toolkit.edges.settings_file import NAME as SETTINGS
from toolkit.edges.settings_file import unknown_settings
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import RULES, Workspace
from toolkit.flows.issue.paper_forms import asks_for_paper
from toolkit.flows.office.former_units import former_names
from toolkit.flows.office.guard_office_books import REMEDY, demand_list, find_unsafe
from toolkit.flows.office.idle_rows import idle_rows
from toolkit.flows.office.load_forms import load_forms
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.sealing_key import NO_ORIGINALS, SHARING, sealing_key
from toolkit.flows.upkeep.draw_forms import draw_form
from toolkit.flows.upkeep.erase import keeping
from toolkit.flows.upkeep.examine_evidence import changed_evidence
from toolkit.flows.upkeep.examine_languages import examine_languages
from toolkit.flows.upkeep.examine_upper import examine_upper
from toolkit.flows.upkeep.examined import Examined, Health
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.evidence import limits_from
from toolkit.model.findings import Finding, Level
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.retention import Kept
from toolkit.model.rules import Rules

LOST_LEDGER = (
    "请从备份恢复。没有备份的：把发过的各期重新 generate 一遍，再把 records/returns 里的原件拷进 inbox（连文件夹一起），运行 collect；"
    "密钥没有换过，都认得出来，时间也还是原来的。认定和督办要重新填。"
)
_OLD_BACKUP = 100  # days: a quarter


def examine_workspace(space: Workspace) -> list[Examined]:
    """Look at rules, forms, master list, ledger and what came from above; never raises for what it finds."""
    unsafe = [Examined(finding.place.file, Health.BAD, finding.message, REMEDY) for finding in find_unsafe(space)]
    books = unsafe or [*_settings(space), *_rules(space), *_forms(space), *_master(space)]
    above = (Examined("上级来表", Health.GOOD if found.is_well else Health.FAIR, found.seen, found.remedy) for found in examine_upper(space))
    return [*books, *_ledger(space), *(above if not unsafe else ())]


def _settings(space: Workspace) -> Iterator[Examined]:
    """Name what in settings.toml has no effect, and what cannot be what it is set to."""
    try:
        for name, near in unknown_settings(space.settings()):
            remedy = f"是不是 {near}？请改正；用不着的删掉。" if near else "请核对名称；用不着的删掉。"
            yield Examined(SETTINGS, Health.FAIR, f"“{name}”不是程序认得的设置，不起作用", remedy)
    except CommandError as trouble:
        yield Examined(SETTINGS, Health.BAD, trouble.message, trouble.advice)
        return
    checks: tuple[Callable[[], object], ...] = (
        *(partial(space.text_setting, name) for name in ("office", "phone", "code", "copies", "clerk", "lang")),
        space.workers,
        partial(asks_for_paper, space),
    )
    for check in checks:
        try:
            check()
        except CommandError as trouble:
            yield Examined(SETTINGS, Health.BAD, trouble.message, trouble.advice)


def _rules(space: Workspace) -> Iterator[Examined]:
    _, faults = load_rules(space.templates / RULES, _list(space), _former(space))
    yield from _judged(RULES, faults, "齐全")


def _former(space: Workspace) -> frozenset[str]:
    """Give the names of units that were split or merged in the year; none where the ledger cannot tell, which is said under its own name."""
    try:
        with open_office(space) as office:
            return former_names(office.lists, office.lists.year_of(office.master))
    except CommandError:
        return frozenset()


def _list(space: Workspace) -> Master | None:
    """Give the list as far as it can be read: what is wrong with it is said under its own name."""
    try:
        return load_master(space.master)[0]
    except CommandError:
        return None


def _forms(space: Workspace) -> Iterator[Examined]:
    master = _list(space)
    rules, _ = load_rules(space.templates / RULES, master, _former(space))
    for path, form, faults in load_forms(space, master if master and master.units else None):
        yield from _judged(path.name, faults, f"{form.name}，{sum(len(table.fields) for table in form.tables)} 个栏目" if form else "")
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


def _master(space: Workspace) -> Iterator[Examined]:
    try:
        demand_list(space)
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
            told = (*office.asked, *office.findings, *idle_rows(space, office.lists))
            return tuple(fault for fault in told if fault.place.file in lists)
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
