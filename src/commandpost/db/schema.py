"""The one table catalogue that both contexts register with, and the column types they share."""

import sqlalchemy as sa

metadata = sa.MetaData()


def text_type() -> sa.Text:
    """Text that both databases sort and compare byte by byte: same order, same collation."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def column_id(name: str = "id", *, default: str | None = None) -> sa.Column[str]:
    """A column for an id; `default=""` where the wire says an empty id for "none"."""
    return sa.Column(name, text_type(), nullable=False, server_default=default)


def primary_id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, text_type(), primary_key=True)


def column_text(name: str) -> sa.Column[str]:
    """A text that is never NULL and empty by default."""
    return sa.Column(name, text_type(), nullable=False, server_default="")


def column_time(name: str) -> sa.Column[int]:
    """Milliseconds since 1970 UTC; 0 means "never"."""
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


def column_count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


def column_flag(name: str) -> sa.Column[bool]:
    """A boolean, false by default. In SQL text, write TRUE and FALSE: both databases know them."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.text("FALSE"))


def column_json(name: str, *, empty: str = "{}") -> sa.Column[str]:
    """JSON kept as text: encoded and decoded by the store, opaque to the database."""
    return sa.Column(name, text_type(), nullable=False, server_default=empty)
