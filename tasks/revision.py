"""`python -m tasks.revision`: write the newest migration anew, from what `storage/tables` has become.

What is released is never changed. After a release, raise `RELEASED` here and `HEAD` in `storage.migrate`
by one, and name the new file in `TARGET`.
"""

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from storage.migrate import HEAD, config_for
from storage.tables import metadata
from storage.tables.base import tell_partial

RELEASED = "0003"
"""The newest revision that somebody may have: the new one starts where it ends."""

VERSIONS = Path(__file__).parent.parent / "storage" / "migrations" / "versions"
TARGET = VERSIONS / f"{HEAD}_parts.py"
PAGE = '''"""What came after {released}. Written by `python -m tasks.revision`."""

import sqlalchemy as sa
from alembic import op

revision = "{head}"
down_revision = "{released}"
branch_labels = None
depends_on = None


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{downgrade}
'''


def write() -> str:
    """Return the page that brings a store at the released revision to the tables as they are now."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        command.upgrade(config_for(connection), RELEASED)
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        tell_partial()
        made = produce_migrations(context, metadata)
        up, down = made.upgrade_ops, made.downgrade_ops
        if up is None or down is None:
            raise RuntimeError("Alembic produced nothing")
        page = PAGE.format(
            head=HEAD,
            released=RELEASED,
            upgrade=_body(render_python_code(up, render_as_batch=True, migration_context=context)),
            downgrade=_body(render_python_code(down, render_as_batch=True, migration_context=context)),
        )
    engine.dispose()
    return page


def _body(code: str) -> str:
    """The statements without Alembic's comments; all but the first are one step in already."""
    return "\n".join(line for line in f"    {code}".splitlines() if not line.strip().startswith("#"))


def main() -> None:
    TARGET.write_text(write(), encoding="utf-8")
    # Black's layout, in spite of `extend-exclude`: the file is given by name.
    subprocess.run([sys.executable, "-m", "ruff", "format", "--no-force-exclude", str(TARGET)], check=True)
    print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
