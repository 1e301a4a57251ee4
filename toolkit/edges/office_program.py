"""LibreOffice as a program that turns one file into another, with macros shut off and nothing loaded from outside."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SECONDS, _SECONDS_EACH = 120, 5
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


class OfficeFailed(Exception):  # noqa: N818 - said of the program
    """LibreOffice could not turn a file into another; the text says why in Chinese."""


def find_office() -> str | None:
    """Find LibreOffice on this machine: its path, None where there is none."""
    return shutil.which("soffice") or next((place for place in _PLACES if Path(place).exists()), None)


def convert(program: str, content: bytes, *, suffix: str, to: str) -> bytes:
    """Turn a file's bytes into another format (LibreOffice's name for it, like 'pdf' or 'docx:MS Word 2007 XML'). Raises OfficeFailed."""
    made = convert_all(program, [content], suffix=suffix, to=to)[0]
    if made is None:
        raise OfficeFailed("打不开它（可能设了密码或已损坏）")
    return made


def convert_all(program: str, contents: Sequence[bytes], *, suffix: str, to: str) -> list[bytes | None]:
    """Turn several files into another format in one run of the program; None for one that it could not. Raises OfficeFailed where it takes too long."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile, made = Path(folder, "profile"), Path(folder, "out")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SHUT, "utf-8")
        sources = [Path(folder, f"source{number}{suffix}") for number, _ in enumerate(contents)]
        for source, content in zip(sources, contents, strict=True):
            source.write_bytes(content)
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to]
        command = [program, *options, "--outdir", str(made), *map(str, sources)]
        try:
            subprocess.run(  # noqa: S603 - no shell
                command, capture_output=True, timeout=_SECONDS + _SECONDS_EACH * len(sources), check=False, env=os.environ | {"HOME": folder}
            )
        except subprocess.TimeoutExpired as error:
            raise OfficeFailed("没能及时转换") from error
        results = [made / f"{source.stem}.{to.partition(':')[0]}" for source in sources]
        return [result.read_bytes() if result.exists() else None for result in results]
