"""Questions and what people think of their answers, followed questions, articles that are kept out.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; of articles that are there already nobody needs to be told."""
    op.add_column("articles", sa.Column("added_in", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("articles", sa.Column("withheld", sa.DateTime(timezone=True)))
    op.create_index(op.f("ix_articles_added_in"), "articles", ["added_in"])
    _make_questions()
    _make_watches()


def _make_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    for column in ("asker", "place", "asked"):
        op.create_index(op.f(f"ix_questions_{column}"), "questions", [column])
    op.create_table(
        "ratings",
        sa.Column("question_id", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "person", name=op.f("pk_ratings")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_ratings_question_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_ratings_person"), "ratings", ["person"])


def _make_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked", sa.BigInteger(), nullable=False),
        sa.Column("paused", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("follower", "question", name=op.f("uq_watches_follower")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_watches_person"), "watches", ["person"])
    op.create_table(
        "findings",
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("watch_id", "article_id", name=op.f("pk_findings")),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watches.id"], name=op.f("fk_findings_watch_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_findings_sent"), "findings", ["sent"])


def downgrade() -> None:
    """Drop them."""
    for table in ("findings", "watches", "ratings", "questions"):
        op.drop_table(table)
    op.drop_index(op.f("ix_articles_added_in"), "articles")
    op.drop_column("articles", "withheld")
    op.drop_column("articles", "added_in")
