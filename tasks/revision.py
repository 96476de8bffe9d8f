"""`python -m tasks.revision`: write the first migration anew from `storage/tables`.

Only until the first release. After it, what is released is never changed: add a revision beside it.
"""

import subprocess
import sys
import textwrap
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from storage.migrate import HEAD
from storage.tables import metadata

TARGET = Path(__file__).parent.parent / "storage" / "migrations" / "versions" / f"{HEAD}_first.py"
PAGE = '''"""The first schema. Written by `python -m tasks.revision`."""

import sqlalchemy as sa
from alembic import op

revision = "{head}"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{downgrade}
'''


def write() -> str:
    """Return the page that makes every table in an empty store."""
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection)
        made = produce_migrations(context, metadata)
        up, down = made.upgrade_ops, made.downgrade_ops
        if up is None or down is None:
            raise RuntimeError("Alembic produced nothing")
        return PAGE.format(
            head=HEAD,
            upgrade=_body(render_python_code(up, migration_context=context)),
            downgrade=_body(render_python_code(down, migration_context=context)),
        )


def _body(code: str) -> str:
    lines = [line.strip() for line in code.splitlines() if not line.strip().startswith("#")]
    return textwrap.indent("\n".join(lines), "    ")


def main() -> None:
    TARGET.write_text(write(), encoding="utf-8")
    # Black's layout, in spite of `extend-exclude`: the file is given by name.
    subprocess.run([sys.executable, "-m", "ruff", "format", "--no-force-exclude", str(TARGET)], check=True)
    print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
