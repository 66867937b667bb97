"""schedule and help"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_feed',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('scope', sa.String(length=10), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('fetched_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_calendar_feed_member_id_member', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_calendar_feed_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_calendar_feed')
    )
    with op.batch_alter_table('calendar_feed', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_feed_member_id', ['member_id'], unique=False)
        batch_op.create_index('ix_calendar_feed_site_id', ['site_id'], unique=False)

    op.create_table('calendar_source',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=2000), nullable=False),
    sa.Column('etag', sa.String(length=200), nullable=False),
    sa.Column('problem', sa.JSON(), nullable=False),
    sa.Column('waiting', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('taken_at', sa.DateTime(), nullable=True),
    sa.Column('fetched_at', sa.DateTime(), nullable=True),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_calendar_source_member_id_member'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_calendar_source_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_calendar_source')
    )
    with op.batch_alter_table('calendar_source', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_source_site_id', ['site_id'], unique=False)

    op.create_table('help_request',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('author_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('words', sa.String(length=5000), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('hides_address', sa.Boolean(), nullable=False),
    sa.Column('food', sa.String(length=1000), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('rule', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('edited_at', sa.DateTime(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name='fk_help_request_author_id_member'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_help_request_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_help_request')
    )
    with op.batch_alter_table('help_request', schema=None) as batch_op:
        batch_op.create_index('ix_help_request_newest', ['site_id', 'created_at', 'id'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('series_id', sa.String(), nullable=True),
    sa.Column('recurrence_at', sa.DateTime(), nullable=True),
    sa.Column('source_id', sa.String(), nullable=True),
    sa.Column('author_id', sa.String(), nullable=False),
    sa.Column('companion_id', sa.String(), nullable=True),
    sa.Column('uid', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('provider', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=1000), nullable=False),
    sa.Column('notes', sa.String(length=10000), nullable=False),
    sa.Column('bring', sa.String(length=2000), nullable=False),
    sa.Column('questions', sa.String(length=5000), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('is_all_day', sa.Boolean(), nullable=False),
    sa.Column('rule', sa.String(length=500), nullable=False),
    sa.Column('first_at', sa.DateTime(), nullable=False),
    sa.Column('last_at', sa.DateTime(), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(), nullable=True),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('remind_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name='fk_appointment_author_id_member'),
    sa.ForeignKeyConstraint(['companion_id'], ['member.id'], name='fk_appointment_companion_id_member'),
    sa.ForeignKeyConstraint(['series_id'], ['appointment.id'], name='fk_appointment_series_id_appointment', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_appointment_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['source_id'], ['calendar_source.id'], name='fk_appointment_source_id_calendar_source', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_appointment')
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_changed', ['site_id', 'recurrence_at'], unique=False)
        batch_op.create_index('ix_appointment_companion_id', ['companion_id'], unique=False)
        batch_op.create_index('ix_appointment_gone', ['site_id', 'deleted_at'], unique=False)
        batch_op.create_index('ix_appointment_series', ['series_id', 'recurrence_at'], unique=False)
        batch_op.create_index('ix_appointment_source_id', ['source_id'], unique=False)
        batch_op.create_index('ix_appointment_span', ['site_id', 'first_at', 'last_at'], unique=False)
        batch_op.create_index('ix_appointment_uid', ['site_id', 'uid'], unique=False)

    op.create_table('guest_link',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('created_by_id', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['member.id'], name='fk_guest_link_created_by_id_member'),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name='fk_guest_link_request_id_help_request', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_guest_link_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_guest_link')
    )
    with op.batch_alter_table('guest_link', schema=None) as batch_op:
        batch_op.create_index('ix_guest_link_request_id', ['request_id'], unique=False)
        batch_op.create_index('ix_guest_link_site_id', ['site_id'], unique=False)

    op.create_table('guest',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=False),
    sa.Column('link_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['guest_link.id'], name='fk_guest_link_id_guest_link', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name='fk_guest_request_id_help_request', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_guest_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_guest')
    )
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.create_index('ix_guest_link_id', ['link_id'], unique=False)
        batch_op.create_index('ix_guest_newest', ['request_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_guest_site_id', ['site_id'], unique=False)

    op.create_table('help_offer',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_help_offer_member_id_member'),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name='fk_help_offer_request_id_help_request', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_help_offer_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_help_offer')
    )
    with op.batch_alter_table('help_offer', schema=None) as batch_op:
        batch_op.create_index('ix_help_offer_newest', ['site_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_help_offer_request_id', ['request_id'], unique=False)

    op.create_table('help_slot',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=True),
    sa.Column('ends_at', sa.DateTime(), nullable=True),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('taken_by_id', sa.String(), nullable=True),
    sa.Column('guest_id', sa.String(), nullable=True),
    sa.Column('taken_at', sa.DateTime(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('thanked_at', sa.DateTime(), nullable=True),
    sa.Column('thanks', sa.String(length=500), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guest_id'], ['guest.id'], name='fk_help_slot_guest_id_guest', ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name='fk_help_slot_request_id_help_request', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_help_slot_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['member.id'], name='fk_help_slot_taken_by_id_member'),
    sa.PrimaryKeyConstraint('id', name='pk_help_slot')
    )
    with op.batch_alter_table('help_slot', schema=None) as batch_op:
        batch_op.create_index('ix_help_slot_due', ['site_id', 'due_at', 'id'], unique=False)
        batch_op.create_index('ix_help_slot_guest', ['guest_id'], unique=True)
        batch_op.create_index('ix_help_slot_request_id', ['request_id'], unique=False)
        batch_op.create_index('ix_help_slot_taken', ['taken_by_id', 'due_at'], unique=False)

    op.create_table('appointment_answer',
    sa.Column('appointment_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('comes', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name='fk_appointment_answer_appointment_id_appointment', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_appointment_answer_member_id_member', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('appointment_id', 'member_id', 'at', name='pk_appointment_answer')
    )
    with op.batch_alter_table('appointment_answer', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_answer_member_id', ['member_id'], unique=False)

    op.create_table('appointment_gap',
    sa.Column('appointment_id', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('left_out_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name='fk_appointment_gap_appointment_id_appointment', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('appointment_id', 'at', name='pk_appointment_gap')
    )
    with op.batch_alter_table('appointment_gap', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_gap_left_out_at', ['left_out_at'], unique=False)

    op.create_table('appointment_media',
    sa.Column('appointment_id', sa.String(), nullable=False),
    sa.Column('media_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('alt', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name='fk_appointment_media_appointment_id_appointment', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name='fk_appointment_media_media_id_media'),
    sa.PrimaryKeyConstraint('appointment_id', 'media_id', name='pk_appointment_media')
    )
    with op.batch_alter_table('appointment_media', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_media_media_id', ['media_id'], unique=False)

    op.create_table('appointment_reminder',
    sa.Column('appointment_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('minutes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name='fk_appointment_reminder_appointment_id_appointment', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_appointment_reminder_member_id_member', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('appointment_id', 'member_id', name='pk_appointment_reminder')
    )
    with op.batch_alter_table('appointment_reminder', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_reminder_member_id', ['member_id'], unique=False)

    op.create_table('help_swap',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('slot_id', sa.String(), nullable=False),
    sa.Column('from_id', sa.String(), nullable=False),
    sa.Column('to_id', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('is_accepted', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['from_id'], ['member.id'], name='fk_help_swap_from_id_member'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_help_swap_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['slot_id'], ['help_slot.id'], name='fk_help_swap_slot_id_help_slot', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_id'], ['member.id'], name='fk_help_swap_to_id_member'),
    sa.PrimaryKeyConstraint('id', name='pk_help_swap')
    )
    with op.batch_alter_table('help_swap', schema=None) as batch_op:
        batch_op.create_index('ix_help_swap_site_id', ['site_id'], unique=False)
        batch_op.create_index('ix_help_swap_slot_id', ['slot_id'], unique=False)
        batch_op.create_index('ix_help_swap_to_id', ['to_id'], unique=False)

