"""What all tables belong to."""

from sqlalchemy import MetaData, text

metadata = MetaData()

LASTING = {"lasting": True}
"""`info` of a column that never changes once its row is there: an update leaves it, and its index, alone."""

PARTIAL = "partial"
"""In the `info` of an index: which rows it holds, as SQL."""


def tell_partial() -> None:
    """Tell SQLAlchemy which indexes are partial, before it makes them.

    It loads the dialects of both databases to hear it, which a bot that only starts can do without.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            if where := index.info.get(PARTIAL):
                index.kwargs["sqlite_where"] = index.kwargs["postgresql_where"] = text(where)
