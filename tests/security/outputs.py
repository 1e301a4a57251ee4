"""Looks through everything that went out for what a text must never become: formula, link, rule, format, field, header, path, log line."""

import email
import re
import zipfile
from collections.abc import Iterator
from email import policy
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

MARK = "毒标"  # stands in every hostile text
_TEXTS = {"t", "text", "lpstr", "title", "creator", "lastModifiedBy"}  # elements whose text is only shown
_HEADERS = {
    "from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "x-unsent", "auto-submitted", "content-transfer-encoding", "reply-to",
    "content-disposition", "x-mailer", "content-language",
}  # fmt: skip
_ACTIVE = re.compile(r"(?i)vbaproject|externallink|/embeddings/|oleobject|activex|/connections|querytable|ddelink|/customui|attachedtemplate")
_TURNING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_TURNED = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # in a text they would be obeyed
_LOGGED, _PRINTS = re.compile(r"\d{4}-\d\d-\d\dT|    "), re.compile(r"[0-9a-f]{64}$")  # lines of a log, and of the list of fingerprints beside it
_SCHEME = re.compile(r"(?i)^(?:[a-z][a-z0-9+.-]*:|//|\\\\)")


def wrong_in(space: Path) -> list[str]:
    """Name everything in outbox and logs that is more than a text."""
    found: list[str] = []
    for path in sorted((space / "outbox").rglob("*")):
        name = path.relative_to(space).as_posix()
        if path.is_symlink() or _TURNING.search(name):
            found.append(f"{name!r}: the name")
        elif path.suffix in {".xlsx", ".docx"}:
            found += [f"{name} {wrong}" for wrong in _in_package(path, space)]
        elif path.suffix == ".eml":
            found += [f"{name} {wrong}" for wrong in _in_mail(path.read_bytes())]
    for path in filter(Path.is_file, (space / "records" / "log").glob("*")):
        lines = path.read_text("utf-8").splitlines()
        shape = _PRINTS if path.name == "看过的表.txt" else _LOGGED
        found += [f"{path.name} {line[:40]!r}" for line in lines if _TURNING.search(line) or not shape.match(line)]
    return found


def _in_package(path: Path, space: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            content = package.read(name)
            if _ACTIVE.search(name) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                yield f"{name}: something active"
            elif name.endswith(".rels"):
                yield from _in_relations(name, content, path, space)
            elif name.endswith(".xml"):
                yield from _in_part(name, content)


def _in_part(name: str, content: bytes) -> Iterator[str]:
    """A hostile text stands in elements that are only shown, and in no attribute; a part is XML through and through."""
    for element in etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True)).iter():
        tag = etree.QName(element).localname
        if MARK in (element.text or "") and tag not in _TEXTS:
            yield f"{name}: in <{tag}>: {element.text[:60]}"
        if _TURNED.search("".join((element.text or "", *element.attrib.values()))):
            yield f"{name}: writing turned round in <{tag}>"
        for key, value in element.attrib.items():
            if MARK in value and not (tag == "hyperlink" and key == "tooltip"):
                yield f"{name}: in {tag}/@{etree.QName(key).localname}: {value[:60]}"


def _in_relations(name: str, content: bytes, path: Path, space: Path) -> Iterator[str]:
    """What leads out of a file leads to an original in this workspace."""
    for one in etree.fromstring(content):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            continue
        place = (path.parent / unquote(target.partition("#")[0])).resolve()
        if _SCHEME.match(target) or not place.is_relative_to(space / "records" / "returns") or not place.exists():
            yield f"{name}: a link to {target[:80]}"


def _in_mail(content: bytes) -> Iterator[str]:
    """A mail has the headers that we write, one line each, and is addressed to nobody else."""
    for part in email.message_from_bytes(content, policy=policy.default).walk():
        for key, value in part.items():
            if key.lower() not in _HEADERS or "\n" in value or _TURNING.search(value):
                yield f"{key}: {value[:60]!r}"
