"""Opens Outlook's .msg: an OLE container with one storage per attachment (MS-OXMSG), also mails within mails."""

from collections.abc import Mapping

from toolkit.edges.envelopes.unpacked_members import LAYERS, Mail, UnpackedMembers, attached_name
from toolkit.edges.reading.precheck_ole import Compound, Entry
from toolkit.model.findings import Code

_DATA, _INNER = "__substg1.0_37010102", "__substg1.0_3701000D"
_LONG_NAME, _SHORT_NAME, _SUBJECT, _SENDER, _ADDRESS = "3707", "3704", "0037", "0C1A", "5D01"


def open_outlook(box: UnpackedMembers, name: str, content: bytes, layer: int, mail: Mail) -> None:  # noqa: ARG001 - a mail within an envelope is its own
    """Take in every attachment of a .msg (MS-OXMSG), `layer` deep; what is refused becomes a finding in the box. Raises ArchiveTooBig."""
    compound = Compound(content)
    _open(box, name, compound, compound.paths(), "", layer)


def _open(box: UnpackedMembers, name: str, compound: Compound, paths: Mapping[str, Entry], above: str, layer: int) -> None:
    mail = Mail(_text(compound, paths, above, _ADDRESS) or _text(compound, paths, above, _SENDER), _text(compound, paths, above, _SUBJECT))
    storages = sorted(path for path in paths if path.startswith(above + "__attach_version1.0_") and "/" not in path[len(above) :])
    for number, storage in enumerate(storages):
        inside = storage + "/"
        title = attached_name(_text(compound, paths, inside, _LONG_NAME) or _text(compound, paths, inside, _SHORT_NAME), number)
        full = f"{name}/{title}"
        if not box.admits(full, title):
            continue
        if inside + _INNER in paths:
            if layer >= LAYERS:
                box.refuse(full, Code.TOO_DEEP, limit=str(LAYERS))
            else:
                _open(box, full, compound, paths, f"{inside}{_INNER}/", layer + 1)
        elif inside + _DATA in paths:
            entry = paths[inside + _DATA]
            data = compound.stream(entry)
            if len(data) < entry.size:
                box.refuse(full, Code.CUT_SHORT)
            else:
                box.put(full, data, layer, mail)
        else:
            box.refuse(full, Code.CUT_SHORT)


def _text(compound: Compound, paths: Mapping[str, Entry], above: str, tag: str) -> str:
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "gb18030")):
        entry = paths.get(f"{above}__substg1.0_{tag}{kind}")
        if entry:
            return compound.stream(entry).decode(encoding, "replace").rstrip("\0")
    return ""
