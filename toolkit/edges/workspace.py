"""The workspace: its folders and files, and how they begin."""

import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from toolkit.edges.files import write_file
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.period import Period

MASTER = "任务总表.xlsx"
RULES = "考核规则.xlsx"
WORDS = "通知用语.xlsx"
LANGUAGES = "用语.xlsx"
WORK = "收表或生成"  # what only one program at a time does
EXCHANGES = (".恢复换下-", ".恢复就位-")  # a restored workspace on its way in: first the old one goes, then this one comes
_PATIENCE = 30  # seconds to wait for another program in the same workspace
_PACKAGE = Path(__file__).resolve().parent.parent
_SETTINGS = """\
# 本工作区的设置。密码不写在这里，只从环境变量或系统钥匙串读取。
office = "{office}"
phone = ""         # 办公室的电话，写进催报的文字里，告诉单位有疑问问谁；空着就不写
code = ""          # 机关代字，写在文号前面，如 某政督〔2023〕1号；空着就只写 〔2023〕1号
copies = ""        # 通报、督办通知单、催报通知的抄送，如 "区委办公室，区人大常委会办公室"；空着就不写
paper_forms = false     # true：发表时另给每个单位一份签批表（docx，打印后手写、签字用），放在“发放/签批表”，随表一起发信
clerk = ""         # 经办人姓名，认定、定稿、改动都记在这个名下；空着就用登录名
lang = ""          # 表单、汇总表、文书和屏幕的语言，en 是英语；空着是中文；表单自己写了“语言”的照表单
ledger = ""        # 台账地址，空着就是 records/ledger.db；几台机器共用的写服务器，见 docs/多人共用.md
workers = 0        # 读表用几个进程，0 表示与处理器核数相同

[mail]             # 密码写进环境变量 TASK_TOOLKIT_SMTP_PASSWORD、TASK_TOOLKIT_IMAP_PASSWORD，或存入系统钥匙串
smtp = ""          # 发信服务器，如 smtp.example.com；空着就只写邮件草稿
smtp_security = "ssl"   # ssl（一般是 465 端口）、starttls（一般是 587 端口）或 none（不加密，只用于本机）
imap = ""          # 收信服务器，如 imap.example.com；空着就不收信
imap_security = "ssl"   # ssl（一般是 993 端口）、starttls 或 none
user = ""          # 登录名，一般就是邮箱地址
from = ""          # 发信地址，空着就用登录名
folder = "INBOX"   # 收哪个邮件夹
rate = 30          # 每分钟最多发几封，0 表示不限
largest = 50       # 一封邮件最大多少 MB，0 表示不限
leader = ""        # 第二次催报起抄送给谁，空着就不抄送
authority = ""     # 单位自签的证书（PEM 文件），一般空着
# 端口与众不同时另写 smtp_port = 端口、imap_port = 端口

[evidence]         # 佐证材料收多少，超出的不收并说明；0 表示不限
files = 300        # 一个单位一期最多几份
total = 2000       # 一个单位一期合计最多几兆
single = 100       # 一份最大几兆

[keep]             # 所属年度过后再保存几年，0 表示长期保存；到期的由 doctor 提醒，用 erase --due 销毁，只销毁已定稿的期
originals = 0      # 单位报来的表、压缩包、邮件的原件
evidence = 0       # 佐证材料
phones = 0         # 台账里单位填报的联系电话

[watch]            # watch 命令无人值守时做什么：true 做，false 不做
open = true        # 到日程的开始日期生成报送表
send = true        # 发放报送表，收表后发退改表和回执
fetch = true       # 收信
collect = true     # 收表
remind = true      # 催报
consolidate = true # 截止后生成汇总表，收到新的再生成
minutes = 10       # 每隔几分钟看一次
before = [3, 0]    # 截止前几天催报，遇休息日提前到最近的工作日
after = [1, 5]     # 截止后几天催报，遇休息日推后到最近的工作日
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace folder; every path that the toolkit writes to comes from here. `unattended` where no person looks at what is said.

    `asked_language` is what the command was asked to speak; '' for what the settings say.
    """

    root: Path
    unattended: bool = False
    asked_language: str = ""

    @property
    def templates(self) -> Path:
        """The folder of form definitions, rules and the master list."""
        return self.root / "templates"

    @property
    def master(self) -> Path:
        """The file of the master list; it need not be there."""
        return self.templates / MASTER

    def list_of(self, year: int) -> Path:
        """The file of the master list of a year that is not the newest; it need not be there."""
        return self.templates / f"{Path(MASTER).stem}（{year}）.xlsx"

    def year_lists(self) -> dict[int, Path]:
        """Give the master lists of former years that are in templates/, oldest first: year → file."""
        found = ((re.fullmatch(rf"{Path(MASTER).stem}（(20\d\d)）", path.stem), path) for path in sorted(self.templates.glob("*.xlsx")))
        return {int(year[1]): path for year, path in found if year}

    def base_of(self, path: Path) -> Path:
        """A master list as the last import read it, before the clerk's own edits."""
        return self.records / path.name.replace("任务总表", "任务总表底稿")

    @property
    def inbox(self) -> Path:
        """The folder where returned files are dropped, in folders of any depth."""
        return self.root / "inbox"

    @property
    def records(self) -> Path:
        """The folder records/ of the workspace: the ledger, the key, the originals."""
        return self.root / "records"

    @property
    def notices(self) -> Path:
        """The folder of notices that were imported from the page, as they came; it need not be there."""
        return self.records / "notices"

    @property
    def returns(self) -> Path:
        """The folder of every original ever received, by period and unit."""
        return self.records / "returns"

    def out(self, period: Period, folder: str) -> Path:
        """Give (and make) a folder of outbox/PERIOD: 发放, 汇总 …"""
        path = self.root / "outbox" / str(period) / folder
        path.mkdir(parents=True, exist_ok=True)
        return path

    def relative(self, path: Path) -> str:
        """Write a path from the workspace's root, with forward slashes. Raises ValueError for one outside it."""
        return path.relative_to(self.root).as_posix()

    def form_files(self) -> Iterator[Path]:
        """Every form definition in templates/, by name: not the rules, the wordings, the master lists, nor a program's lock file."""
        others = {RULES, WORDS, LANGUAGES}
        return (path for path in sorted(self.templates.glob("*.xlsx")) if path.name not in others and not path.name.startswith(("~$", ".", Path(MASTER).stem)))

    def settings(self) -> dict[str, object]:
        """Read settings.toml; raises CommandError when it cannot be read."""
        path = self.root / "settings.toml"
        try:
            return tomllib.loads(path.read_text("utf-8-sig")) if path.exists() else {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CommandError(f"设置文件 settings.toml 写得不对：{error}。", "请改正，或删掉它让系统重新生成。") from error

    def office(self) -> str:
        """Name of the office that issues the forms, '' when not set."""
        return str(self.settings().get("office", ""))

    def language(self) -> str:
        """Give the language of forms that name none, and of the screen: as asked, else `lang` of settings.toml; '' for Chinese."""
        return self.asked_language or str(self.settings().get("lang", ""))

    def ledger_url(self) -> str:
        """Where the ledger is: `ledger` of settings.toml, else the file records/ledger.db. Raises CommandError where the settings cannot be read."""
        return str(self.settings().get("ledger", "")) or f"sqlite:///{self.records / 'ledger.db'}"

    def is_shared(self) -> bool:
        """Whether the ledger is on a server, so that several people may work here and the folder's rights are for its keeper to give."""
        try:
            return self.ledger_url().startswith("postgresql")
        except CommandError:  # settings that cannot be read are said by whoever needs them
            return False

    def shows_password(self) -> bool:
        """Whether a password stands in the ledger's address, in the settings, for everybody to read."""
        return bool(re.match(r"[^/]*//[^/@]*:[^/@]+@", self.ledger_url()))

    def _mode(self, own: int) -> int:
        """Give the rights of a file that everybody who works here needs; of one person alone, `own`."""
        return 0o660 if self.is_shared() else own

    def workers(self) -> int:
        """How many processes read workbooks; 0 means one a core. Raises CommandError for anything but a number."""
        number = self.settings().get("workers", 0)
        if not isinstance(number, int) or number < 0:
            raise CommandError(f"settings.toml 里的 workers 不能是“{number}”。", "请填 0（与处理器核数相同）或一个正整数。")
        return number

    @contextmanager
    def alone(self, doing: str = WORK) -> Iterator[None]:
        """Hold the workspace against a second program that does the same; the system lets go when this one dies. Raises CommandError when it is held."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.records / f"正在{doing}.lock", timeout=_PATIENCE, mode=self._mode(0o644))
        try:
            lock.acquire()
        except Timeout as error:
            raise CommandError(f"另一个程序正在这个工作区里{doing}。", "请等它结束，再运行一次。") from error
        try:
            yield
        finally:
            lock.release()

    def has_key(self) -> bool:
        """Whether the file of the seal's key (records/seal.key) is there; it is not read."""
        return (self.records / "seal.key").exists()

    def key(self) -> bytes:
        """Give the seal's key, 32 bytes, made at first use for its owner only (for the group if the ledger is shared). Raises CommandError if damaged."""
        path = self.records / "seal.key"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self._mode(0o600))
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
        text = path.read_text("ascii").strip()
        if len(text) != 64:
            raise CommandError("密钥文件 records/seal.key 已损坏。", "请从备份恢复；没有密钥就认不出已经发出的表。")
        return bytes.fromhex(text)


def open_workspace(root: Path) -> Workspace:
    """Open a folder as a workspace; what it lacks (folders, forms, settings) begins by itself. Raises CommandError when it cannot be written to."""
    space = Workspace(root.expanduser().resolve())
    if is_half_restored(space.root):
        raise CommandError("上一次恢复备份没有做完。", "请把 restore 再运行一次，它会接着做完；在那之前什么都不要做。")
    try:
        for folder in (space.templates, space.inbox, space.root / "outbox", space.returns):
            folder.mkdir(parents=True, exist_ok=True)
        for source in starter_templates():
            target = space.templates / source.name
            if not target.exists():
                write_file(target, source.read_bytes())
        if not space.is_shared():
            with suppress(OSError):  # somebody else's folder, or a disk without rights
                space.records.chmod(0o700)
        settings = space.root / "settings.toml"
        if not settings.exists():
            write_file(settings, _SETTINGS.format(office="").encode())
    except OSError as error:
        raise CommandError(f"工作区“{space.root}”不能写入：{reason_of(error)}。", "请换一个有写权限的文件夹，或检查磁盘空间。") from error
    return space


def is_half_restored(root: Path) -> bool:
    """Whether a restore was cut short while the old workspace went and the new one came."""
    return any(any(root.glob(f"{start}*")) for start in EXCHANGES)


def scratch_folder() -> Path:
    """Make a new empty folder for a rehearsal, below the system's folder for temporary files. May raise OSError."""
    return Path(tempfile.mkdtemp(prefix="任务汇总演示-"))


def starter_templates() -> list[Path]:
    """List the form definitions, rules and styles of papers that come with the program."""
    folder = next(path for path in (_PACKAGE / "resources" / "templates", _PACKAGE.parent / "templates") if path.is_dir())
    return [path for path in sorted(folder.glob("*.[xd]*")) if path.suffix in {".xlsx", ".docx"} and path.name != MASTER and not path.name.startswith("~$")]


def real_notice() -> Path:
    """Give the path of the 2023 notice that comes with the program, a text file in resources/."""
    return _PACKAGE / "resources" / "notice_2023.txt"
