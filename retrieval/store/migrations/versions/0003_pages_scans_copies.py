"""The pages of an article, whether it was recognised in a picture, and what tells its copies.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the next reload fills them, since the articles' hashes count them."""
    op.add_column("articles", sa.Column("pages", sa.Text(), nullable=False, server_default=""))
    op.add_column("articles", sa.Column("is_scan", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("articles", sa.Column("text_key", sa.String(16), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("articles", "text_key")
    op.drop_column("articles", "is_scan")
    op.drop_column("articles", "pages")
