"""doctor, of the machine: Python, libraries, fonts, office programs, disk, rights, mail servers; looked at anew every time."""

from collections.abc import Iterator

from toolkit.edges.machine import chinese_fonts, free_space, library_versions, may_write, office_programs, outdated_libraries, python_version
from toolkit.edges.mail.mail_settings import load_post
from toolkit.edges.read_watch_plan import load_plan
from toolkit.edges.workspace import Workspace
from toolkit.flows.upkeep.examined import Examined, Health
from toolkit.model.command_error import CommandError
from toolkit.model.mail_server import MailSettings

_LITTLE_DISK = 500_000_000  # bytes: a year of an office's originals and books


def examine_machine(space: Workspace) -> Iterator[Examined]:
    """Look at this machine and at the rights in the workspace's folders."""
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


def examine_mail(space: Workspace) -> Iterator[Examined]:
    """Look at the settings of mail, and log in where a server is set."""
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
            from toolkit.edges.mail.smtp_sender import MailSender

            with MailSender(post, post.smtp) as postman:
                postman.call()
            yield Examined("发信登录", Health.GOOD, post.smtp.host)
    except CommandError as trouble:
        yield Examined("发信登录", Health.BAD, trouble.message, trouble.advice)
    try:
        if post.imap:
            from toolkit.edges.mail.mailbox import Mailbox

            with Mailbox(post.imap, post.folder):
                pass
            yield Examined("收信登录", Health.GOOD, post.imap.host)
    except CommandError as trouble:
        yield Examined("收信登录", Health.BAD, trouble.message, trouble.advice)
