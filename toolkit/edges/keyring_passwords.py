"""Passwords of workbooks in the system's keyring, under task-toolkit and 打开密码, one a line."""

from collections.abc import Iterator

_SERVICE, _NAME = "task-toolkit", "打开密码"


def stored_passwords() -> Iterator[str]:
    """Give the passwords that were kept; none where there is no keyring. The system may ask its user to unlock it."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return
    try:
        text = keyring.get_password(_SERVICE, _NAME) or ""
    except KeyringError:
        return
    yield from filter(None, text.split("\n"))


def keep_password(password: str) -> bool:
    """Keep one more password; gives whether there is a keyring that took it."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return False
    try:
        keyring.set_password(_SERVICE, _NAME, "\n".join(dict.fromkeys((password, *stored_passwords()))))
    except KeyringError:
        return False
    return True
