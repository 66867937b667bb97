"""availability and shifts"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('availability',
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('week', sa.String(length=42), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_availability_member_id_member', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_availability_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name='pk_availability')
    )
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.create_index('ix_availability_site_id', ['site_id'], unique=False)

    op.create_table('availability_exception',
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('hours', sa.String(length=6), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_availability_exception_member_id_member', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_availability_exception_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'day', name='pk_availability_exception')
    )
    with op.batch_alter_table('availability_exception', schema=None) as batch_op:
        batch_op.create_index('ix_availability_exception_day', ['site_id', 'day'], unique=False)

    op.create_table('shift',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('series_id', sa.String(length=36), nullable=False),
    sa.Column('author_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=True),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('begins_at', sa.DateTime(), nullable=False),
    sa.Column('until_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name='fk_shift_author_id_member'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_shift_member_id_member'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_shift_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_shift')
    )
    with op.batch_alter_table('shift', schema=None) as batch_op:
        batch_op.create_index('ix_shift_member', ['member_id', 'until_at'], unique=False)
        batch_op.create_index('ix_shift_series', ['series_id', 'begins_at'], unique=False)
        batch_op.create_index('ix_shift_until', ['site_id', 'until_at', 'id'], unique=False)

    op.create_table('handover',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('shift_id', sa.String(), nullable=True),
    sa.Column('author_id', sa.String(), nullable=False),
    sa.Column('medicines', sa.String(length=2000), nullable=False),
    sa.Column('mood', sa.String(length=20), nullable=False),
    sa.Column('food', sa.String(length=2000), nullable=False),
    sa.Column('incidents', sa.String(length=2000), nullable=False),
    sa.Column('words', sa.String(length=5000), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('edited_at', sa.DateTime(), nullable=True),
    sa.Column('confirmed_by_id', sa.String(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name='fk_handover_author_id_member'),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['member.id'], name='fk_handover_confirmed_by_id_member'),
    sa.ForeignKeyConstraint(['shift_id'], ['shift.id'], name='fk_handover_shift_id_shift', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_handover_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_handover')
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index('ix_handover_newest', ['site_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_handover_shift_id', ['shift_id'], unique=False)
