"""written before it arrived"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

WRITTEN = ('update', 'comment', 'message')


def upgrade() -> None:
    for table in WRITTEN:
        op.add_column(table, sa.Column('written_at', sa.DateTime(), nullable=True))
