#!/usr/bin/env bash
# Chinese mail programs write GBK under the label gb2312. The sign 镕 (GBK E9 46) is not in GB 2312-80, so readers that take the
# label at its word lose it: Python's make_header raises, imap-tools puts U+FFFD in the subject and in the attachment's name.
# Read as GB18030, which contains both, nothing is lost (the Encoding Standard of the WHATWG maps gb2312 to GBK for the same reason).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q imap-tools==1.16.0
"$folder/venv/bin/python" - <<'PY'
import base64
import sys
from email.header import decode_header, make_header
from importlib.metadata import version

from imap_tools import MailMessage

text = "朱镕基"
word = f"=?gb2312?B?{base64.b64encode(text.encode('gbk')).decode()}?="
raw = (
    f"From: a@example.com\nSubject: {word}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    f'Content-Type: application/octet-stream; name="{word}"\nContent-Disposition: attachment; filename="{word}"\n'
    "Content-Transfer-Encoding: base64\n\neA==\n--b--\n"
).encode()
print("Python", sys.version.split()[0], "imap-tools", version("imap-tools"))
try:
    header = str(make_header(decode_header(word)))
except UnicodeDecodeError as error:
    header = type(error).__name__
mail = MailMessage.from_bytes(raw)
subject, name = mail.subject, mail.attachments[0].filename
print("make_header:", header)
print("imap-tools subject:", ascii(subject), "attachment:", ascii(name))
print("as GB18030:", b"".join(part for part, _ in decode_header(word)).decode("gb18030"))
lost = header == "UnicodeDecodeError" and text not in (subject, name)
sys.exit(0 if lost else 1)
PY
