"""The key that seals what the office issues: made at first use, the same on every machine that shares a ledger."""

from toolkit.edges.ledger.key_record import fits
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.model.command_error import CommandError

NO_KEY = (
    "密钥 records/seal.key 不见了，已经发出的表要靠它认。",
    (
        "请从备份恢复（restore），或把备份里的密钥拷回来；几台机器共用一本台账的，从别的机器拷一份。"
        "实在没有备份的，运行 doctor --new-key 换一把新的；以前发出的表就不能认了，要重新生成、重新发放。"
    ),
)
SHARING = "见 docs/多人共用.md。"
OTHER_KEY = (
    "这里的密钥 records/seal.key 和台账里发过的表对不上。",
    (
        "共用一本台账的，都要用同一把密钥：请把先发表的那台机器上的 records/seal.key 拷过来，换掉这里的；或从备份恢复。"
        f"原来的密钥再也找不到的，运行 doctor --new-key；以前发出的表就不能认了。{SHARING}"
    ),
)
NO_ORIGINALS = {  # whether several machines share the ledger
    False: "请从备份恢复 records/returns。",
    True: f"原件在收表的那台机器上；要在几台机器上核对、追溯，请让它们共用一个 records/returns 文件夹，{SHARING}",
}


def sealing_key(space: Workspace, ledger: Ledger) -> bytes:
    """Give the key, made at first use. Raises CommandError when the one that sealed the ledger's forms is lost, or this is another."""
    if not space.has_key() and ledger.last_period():
        raise CommandError(*NO_KEY)
    key = space.key()
    with ledger.reading() as connection:
        if not fits(connection, key):
            raise CommandError(*OTHER_KEY)
    return key
