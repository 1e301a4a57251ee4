"""Turns an old word processor's file (.doc, .wps, .rtf, .odt) into .docx through LibreOffice, where there is one."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from toolkit.model.trouble import Trouble

_SECONDS = 120
_SAVE_AS = "请用 Word 或 WPS 打开它，另存为 .docx 后再导入。"
_PLACES = ("C:/Program Files/LibreOffice/program/soffice.exe", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
# A profile of our own: macros off, and nothing is loaded from where a document points to.
_SHUT = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{_SECURITY}"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="{_SECURITY}"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="{_SECURITY}"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="{_SECURITY}"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def as_docx(content: bytes) -> bytes:
    """Convert an old word processor's file; raises Trouble where there is no LibreOffice, or it cannot read the file."""
    program = find_office()
    if program is None:
        raise Trouble("是旧式 Word/WPS 文字文件，这里不能直接读。", _SAVE_AS)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "notice.doc"), Path(folder, "out", "notice.docx")
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SHUT, "utf-8")
        source.write_bytes(content)
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"]
        command = [program, *options, "--outdir", str(made.parent), str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=os.environ | {"HOME": folder})  # noqa: S603 - no shell
        except subprocess.TimeoutExpired as error:
            raise Trouble("是旧式 Word/WPS 文字文件，LibreOffice 没能及时转换。", _SAVE_AS) from error
        if not made.exists():
            raise Trouble("是旧式 Word/WPS 文字文件，LibreOffice 打不开它（可能设了密码或已损坏）。", _SAVE_AS)
        return made.read_bytes()


def find_office() -> str | None:
    """Find LibreOffice on this machine."""
    return shutil.which("soffice") or next((place for place in _PLACES if Path(place).exists()), None)
