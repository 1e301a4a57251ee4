"""doctor --new-key: seals with a new key, or with the one that is here, in the place of one that is lost for good."""

from contextlib import closing

from toolkit.edges.ledger.key_record import fits, renew
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import WORK, Workspace
from toolkit.model.command_error import CommandError


def new_key(space: Workspace) -> None:
    """Seal with a new key, or with the one that is here, in the place of one that is lost for good. Raises CommandError where that one is still there."""
    with space.alone(), closing(Ledger(space.ledger_url())) as ledger, ledger.database.alone(WORK), ledger.writing() as connection:
        if space.has_key() and fits(connection, space.key()):
            raise CommandError("密钥还在，不用换。", "换了密钥，已经发出的表就不能认了。")
        renew(connection, space.key())
