"""when it was written, and files as large as another"""

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
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.drop_index('ix_media_same')
        batch_op.create_index('ix_media_same', ['uploader_id', 'size'], unique=False)
