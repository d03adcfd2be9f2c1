"""What tells the near copies of an article.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the next reload fills it."""
    op.add_column("articles", sa.Column("near_key", sa.String(96), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("articles", "near_key")
