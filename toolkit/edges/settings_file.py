"""settings.toml: how it begins, how it is read, and what in it is no setting that the program knows."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern

NAME = "settings.toml"
STARTER = """\
# 本工作区的设置。密码不写在这里，只从环境变量或系统钥匙串读取。
office = ""
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
# Settings that may be written beside those above, by section.
_MORE = {"mail": {"smtp_port": 0, "imap_port": 0, "smtp_user": "", "imap_user": ""}}
_WIDE = lazy_pattern("[“”‘’，＝［］｛｝＂]")
_HOW = "文字两边用英文的双引号，数字和 true、false 不加引号，等号左边的名称不要改；改不好的，把它改名，再运行一次会另写一份新的，照着填。"


def read_settings(path: Path) -> dict[str, object]:
    """Read settings.toml, {} where there is none; raises CommandError with the line that cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise CommandError(f"设置文件 {NAME} 不是按 UTF-8 编码保存的。", "请用记事本打开它，点“另存为”，编码选 UTF-8，保存。") from error
    except IsADirectoryError as error:
        raise CommandError(f"{NAME} 是一个文件夹。", "请把它改名或移走，再运行一次。") from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"设置文件 {NAME} {_where(text, str(error))}。", f"请改正：{_HOW}") from error


def text_of(settings: Mapping[str, object], name: str) -> str:
    """Give a text among the settings above the first section, trimmed; '' where it is not set. A whole number is the text that it is written as, like a
    telephone's; raises CommandError for anything else.
    """
    value = settings.get(name, "")
    if type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise CommandError(f"{NAME} 里的 {name} 不能是“{value}”。", "请写成带引号的文字。")
    return value.strip()


def unknown_settings(settings: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give what has no effect: each name with its section, [keep] originals, and the name that was probably meant, '' for none."""
    known = _known()
    for name, value in settings.items():
        inside = known.get(name)
        if isinstance(value, dict) and isinstance(inside, dict):
            for own in value.keys() - inside.keys():
                yield f"[{name}] {own}", _near(own, inside)
        elif name not in known or isinstance(value, dict):
            sections = [f"[{section}]" for section, entries in known.items() if isinstance(entries, dict)]
            here = [own for own, entry in known.items() if not isinstance(entry, dict)]
            yield (f"[{name}]", _near(f"[{name}]", sections)) if isinstance(value, dict) else (name, _near(name, here))


@cache
def _known() -> dict[str, object]:
    found = tomllib.loads(STARTER)
    return {name: {**entries, **_MORE.get(name, {})} if isinstance(entries, dict) else entries for name, entries in found.items()}


def _near(name: str, names: Mapping[str, object] | list[str]) -> str:
    from difflib import get_close_matches  # a command that finds nothing wrong does without

    return next(iter(get_close_matches(name.lower(), list(names), 1)), "")


def _where(text: str, error: str) -> str:
    """Say in Chinese which line cannot be read, by its number and its name; the value, which may be a secret, is not shown."""
    found = re.search(r"line (\d+)", error)
    line = text.split("\n")[int(found[1]) - 1].partition("#")[0] if found else ""
    name = line.partition("=")[0].strip()
    if not found or not name:
        return "没有写完" if not found else f"第 {found[1]} 行写得不对"
    if "overwrite" in error or "twice" in error:
        return f"第 {found[1]} 行的 {name} 前面已经有了"
    wide = _WIDE.search(line)
    return f"第 {found[1]} 行（{name}）写得不对" + (f"，其中的 {wide[0]} 是中文标点" if wide else "")
