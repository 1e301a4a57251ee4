"""The ledger's part about forms that were printed to be signed: each kept once, under the digest that stands on its page."""

import sqlalchemy as sa

from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.closing_tables import blobs
from toolkit.edges.ledger.ledger import Ledger
from toolkit.model.signed import SignedForm, read_signed


def remember_signed(ledger: Ledger, form: SignedForm) -> None:
    """Keep a form's figures as they are printed; what is kept already stays."""
    with ledger.reading() as connection:
        known = closing_records.stored_content(connection, form.digest) is not None
    if not known:
        with ledger.writing() as connection:
            closing_records.keep(connection, form.content())


def find_signed(ledger: Ledger, beginning: str) -> list[SignedForm]:
    """Give the forms whose digest begins so (hexadecimal digits in small letters)."""
    with ledger.reading() as connection:
        digests = list(connection.execute(sa.select(blobs.c.digest).where(blobs.c.digest.like(f"{beginning}%")).order_by(blobs.c.digest)).scalars())
        contents = [closing_records.stored_content(connection, digest) for digest in digests]
    return [form for content in contents if content is not None and (form := read_signed(content)) is not None]
