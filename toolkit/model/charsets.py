"""Text from bytes whose label may be wrong, as in mails."""

_GB = frozenset({"gb2312", "gb231280", "csgb2312", "gbk", "xgbk", "cp936", "ms936", "windows936", "euccn", "gb18030", "chinese"})
_TRIED = ("utf-8", "gb18030")


def decoded(data: bytes, label: str = "") -> str:
    """Read bytes by their label where it holds: every label of the GB family as GB18030, which contains them all; else as UTF-8, else as GB18030.

    Chinese in UTF-8 is taken for that under any label: other writing hardly ever looks like it. What none of them knows becomes U+FFFD.
    """
    plain = "".join(sign for sign in label.partition("*")[0].lower() if sign.isalnum())
    first = "gb18030" if plain in _GB else label.partition("*")[0] or "utf-8"
    if _is_chinese_utf8(data):
        return data.decode("utf-8")
    for encoding in (first, *_TRIED):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError, ValueError):  # a label that is no text encoding, or none at all
            continue
    return data.decode("gb18030", "replace")


def _is_chinese_utf8(data: bytes) -> bool:
    try:
        return any("\u2e80" <= sign <= "\uffef" for sign in data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
