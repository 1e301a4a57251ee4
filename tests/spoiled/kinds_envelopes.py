"""What a return comes wrapped in: archives, mails, mails in mails."""

import base64
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from tests.hostile.archives import aes_zip, linked, outlook, rar, seven_zip, zip_crypto
from tests.hostile.books import gbk_zip, zipped
from tests.spoiled.kinds_files import PASSWORD
from tests.spoiled.office import Case, End, Kind, asked, clean, ignored, refused, waits

OPENED = ignored("ENVELOPE")
DONGSHAN = "某某 <town@example.com>"


def _mail(content: bytes, name: str = "一季度进展.xlsx", **header: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = DONGSHAN, header.get("subject", "一季度进展"), "Mon, 20 Mar 2023 09:00:00 +0800"
    message.set_content("见附件")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def _raw_gbk_mail(case: Case) -> bytes:
    """An attachment whose name stands in the header as bare GBK bytes."""
    plain = _mail(case.filled, "NAME").as_bytes()
    return plain.replace(b'"NAME"', '"一季度进展.xlsx"'.encode("gb18030"))


def _encoded_word_mail(case: Case) -> bytes:
    plain = _mail(case.filled, "NAME").as_bytes()
    return plain.replace(b'"NAME"', b'"=?gb2312?B?' + base64.b64encode("一季度进展.xlsx".encode("gb2312")) + b'?="')


def _mail_in_mail(case: Case) -> bytes:
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = DONGSHAN, "转发", "Mon, 20 Mar 2023 10:00:00 +0800"
    outer.set_content("转发")
    outer.add_attachment(_mail(case.filled))
    return outer.as_bytes()


def _cut_mail(case: Case) -> bytes:
    return _mail(case.filled).as_bytes()[:-3000]


def _fifty(case: Case) -> bytes:
    """The return and 49 other attachments."""
    message = _mail(case.filled)
    for number in range(1, 50):
        message.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes([number]) * 40, maintype="image", subtype="png", filename=f"现场{number:02d}.png")
    return message.as_bytes()


def _nested(case: Case, layers: int) -> bytes:
    content = zipped({"来件.xlsx": case.filled})
    for number in range(layers - 1):
        content = zipped({f"{number}.zip": content})
    return content


def _one(name: str, wrap: Callable[[bytes], bytes]) -> Callable[[Case], dict[str, bytes]]:
    return lambda case: {name: wrap(case.filled)}


def _ends(envelope: str, **members: End) -> dict[str, End]:
    return {**{f"{envelope}/{name}": end for name, end in members.items()}, envelope: OPENED}


SEVEN = "来件.7z"
KINDS = (
    Kind("装在 .zip 里", lambda case: {"来件.zip": zipped({"各镇/来件.xlsx": case.filled})}, {"来件.zip/各镇/来件.xlsx": clean(), "来件.zip": OPENED}),
    Kind(
        ".zip 里的中文名是 GBK",
        _one("来件.zip", lambda book: gbk_zip("一季度进展.xlsx", book, flagged=False)),
        {"来件.zip/一季度进展.xlsx": clean(), "来件.zip": OPENED},
    ),
    Kind(
        "GBK 名字却标成 UTF-8",
        _one("来件.zip", lambda book: gbk_zip("一季度进展.xlsx", book, flagged=True)),
        {"来件.zip/一季度进展.xlsx": clean(), "来件.zip": OPENED},
    ),
    Kind("压缩包套压缩包（三层）", lambda case: {"来件.zip": _nested(case, 3)}, {"来件.zip/1.zip/0.zip/来件.xlsx": clean(), "来件.zip": OPENED}),
    Kind("压缩包套了四层", lambda case: {"来件.zip": _nested(case, 4)}, {"来件.zip/2.zip/1.zip/0.zip": refused("TOO_DEEP"), "来件.zip": OPENED}),
    Kind(
        "压缩包有密码（旧式加密，密码已登记）",
        lambda case: {"来件.zip": zip_crypto("来件.xlsx", case.filled, PASSWORD)},
        {"来件.zip/来件.xlsx": clean(), "来件.zip": OPENED},
    ),
    Kind(
        "压缩包有密码（旧式加密，不知道密码）",
        lambda case: {"来件.zip": zip_crypto("来件.xlsx", case.filled, "别的")},
        {"来件.zip/来件.xlsx": waits("PASSWORD", unit=""), "来件.zip": OPENED},
    ),
    Kind(
        "压缩包有密码（AES，密码已登记）",
        lambda case: {"来件.zip": aes_zip({"来件.xlsx": case.filled}, PASSWORD)},
        {"来件.zip/来件.xlsx": clean(), "来件.zip": OPENED},
    ),
    Kind(
        "压缩包有密码（AES，不知道密码）",
        lambda case: {"来件.zip": aes_zip({"来件.xlsx": case.filled}, "别的")},
        {"来件.zip/来件.xlsx": waits("PASSWORD", unit=""), "来件.zip": OPENED},
    ),
    Kind("装在 .7z 里", lambda case: {SEVEN: seven_zip({"来件.xlsx": case.filled})}, {f"{SEVEN}/来件.xlsx": clean(), SEVEN: OPENED}),
    Kind(".7z 有密码（密码已登记）", lambda case: {SEVEN: seven_zip({"来件.xlsx": case.filled}, PASSWORD)}, {f"{SEVEN}/来件.xlsx": clean(), SEVEN: OPENED}),
    Kind("装在 .rar 里", lambda case: {"来件.rar": rar({"book.xlsx": case.filled})}, {"来件.rar/book.xlsx": clean(), "来件.rar": OPENED}),
    Kind(".rar 坏了", lambda case: {"来件.rar": rar({"book.xlsx": case.filled})[:300]}, {"来件.rar/book.xlsx": refused("DAMAGED"), "来件.rar": OPENED}),
    Kind(
        "压缩包里有系统文件和图片",
        lambda case: {"来件.zip": zipped({"来件.xlsx": case.filled, "~$来件.xlsx": b"x", "__MACOSX/._来件.xlsx": b"x", "章.png": b"\x89PNG\r\n"})},
        {
            "来件.zip/来件.xlsx": clean(),
            "来件.zip/~$来件.xlsx": ignored("SYSTEM_FILE"),
            "来件.zip/__MACOSX/._来件.xlsx": ignored("SYSTEM_FILE"),
            "来件.zip/章.png": asked("EVIDENCE_ASKED"),
            "来件.zip": OPENED,
        },
    ),
    Kind(
        "压缩包里的路径往外跑",
        lambda case: {"来件.zip": zipped({"../../来件.xlsx": case.filled})},
        {"来件.zip/../../来件.xlsx": refused("BAD_PATH"), "来件.zip": OPENED},
    ),
    Kind(
        "压缩包里是快捷方式（链接）",
        lambda _: {"来件.zip": linked("来件.xlsx", "/etc/passwd")},
        {"来件.zip/来件.xlsx": refused("BAD_PATH"), "来件.zip": OPENED},
    ),
    Kind("空压缩包", lambda _: {"来件.zip": zipped({})}, {"来件.zip": refused("NOTHING_INSIDE")}),
    Kind("压缩包没传完", lambda case: {"来件.zip": zipped({"来件.xlsx": case.filled})[:9000]}, {"来件.zip": refused("DAMAGED")}),
    Kind(
        "压缩包里有炸弹",
        lambda case: {"来件.zip": zipped({"来件.xlsx": case.filled, "炸弹.xlsx": bytes(21 << 20)})},
        {"来件.zip/来件.xlsx": clean(), "来件.zip/炸弹.xlsx": refused("TOO_BIG"), "来件.zip": OPENED},
    ),
    Kind("存成的邮件（.eml）", lambda case: {"来信.eml": _mail(case.filled).as_bytes()}, {"来信.eml/一季度进展.xlsx": clean(), "来信.eml": OPENED}),
    Kind(
        "邮件附件名分段编码（RFC 2231）",
        lambda case: {"来信.eml": _mail(case.filled, "某某镇二〇二三年第一季度目标任务进展情况报送表（最终版）.xlsx").as_bytes(policy=SMTP)},
        {"来信.eml/某某镇二〇二三年第一季度目标任务进展情况报送表（最终版）.xlsx": clean(), "来信.eml": OPENED},
    ),
    Kind("邮件附件名是没编码的 GBK", lambda case: {"来信.eml": _raw_gbk_mail(case)}, {"来信.eml/一季度进展.xlsx": clean(), "来信.eml": OPENED}),
    Kind("邮件附件名是 =?gb2312?B?…?=", lambda case: {"来信.eml": _encoded_word_mail(case)}, {"来信.eml/一季度进展.xlsx": clean(), "来信.eml": OPENED}),
    Kind("转发的邮件里还有邮件", lambda case: {"来信.eml": _mail_in_mail(case)}, {"来信.eml/一季度进展.eml/一季度进展.xlsx": clean(), "来信.eml": OPENED}),
    Kind("邮件附件只收到一半", lambda case: {"来信.eml": _cut_mail(case)}, {"来信.eml/一季度进展.xlsx": refused("CUT_SHORT"), "来信.eml": OPENED}),
    Kind(
        "一封邮件带 50 个附件",
        lambda case: {"来信.eml": _fifty(case)},
        {"来信.eml/一季度进展.xlsx": clean(), **{f"来信.eml/现场{at:02d}.png": asked("EVIDENCE_ASKED") for at in range(1, 50)}, "来信.eml": OPENED},
    ),
    Kind("邮件里没有附件", lambda _: {"来信.eml": b"From: a@example.com\nSubject: b\nMIME-Version: 1.0\n\nok\n"}, {"来信.eml": refused("NOTHING_INSIDE")}),
    Kind(
        "邮件里附的是压缩包",
        lambda case: {"来信.eml": _mail(zipped({"来件.xlsx": case.filled}), "附件.zip").as_bytes()},
        {"来信.eml/附件.zip/来件.xlsx": clean(), "来信.eml": OPENED},
    ),
    Kind(
        "Outlook 存的邮件（.msg）",
        lambda case: {"来信.msg": outlook(DONGSHAN, "一季度进展", {"一季度进展.xlsx": case.filled})},
        {"来信.msg/一季度进展.xlsx": clean(), "来信.msg": OPENED},
    ),
)
