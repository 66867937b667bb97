"""the journal whole"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('book',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('has_comments', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('problem', sa.String(length=20), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('file_key', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_book_member_id_member', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_book_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_book')
    )
    with op.batch_alter_table('book', schema=None) as batch_op:
        batch_op.create_index('ix_book_newest', ['member_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_book_site_id', ['site_id'], unique=False)

    op.create_table('kick_off',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('started_by_id', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_kick_off_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['started_by_id'], ['member.id'], name='fk_kick_off_started_by_id_member'),
    sa.PrimaryKeyConstraint('id', name='pk_kick_off')
    )
    with op.batch_alter_table('kick_off', schema=None) as batch_op:
        batch_op.create_index('ix_kick_off_newest', ['site_id', 'started_at', 'id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('reply_to_id', sa.String(), nullable=True),
    sa.Column('author_id', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('edited_at', sa.DateTime(), nullable=True),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name='fk_message_author_id_member'),
    sa.ForeignKeyConstraint(['reply_to_id'], ['message.id'], name='fk_message_reply_to_id_message', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_message_site_id_site', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_message')
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_author_id', ['author_id'], unique=False)
        batch_op.create_index('ix_message_replies', ['reply_to_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_message_wall', ['site_id', 'reply_to_id', 'created_at', 'id'], unique=False)

    op.create_table('responsibility',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('owner_id', sa.String(), nullable=True),
    sa.Column('stand_in_id', sa.String(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['member.id'], name='fk_responsibility_owner_id_member'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_responsibility_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stand_in_id'], ['member.id'], name='fk_responsibility_stand_in_id_member'),
    sa.PrimaryKeyConstraint('id', name='pk_responsibility')
    )
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.create_index('ix_responsibility_list', ['site_id', 'position', 'id'], unique=False)
        batch_op.create_index('ix_responsibility_owner_id', ['owner_id'], unique=False)
        batch_op.create_index('ix_responsibility_stand_in_id', ['stand_in_id'], unique=False)

    op.create_table('kick_off_point',
    sa.Column('kick_off_id', sa.String(), nullable=False),
    sa.Column('point', sa.String(length=20), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('done_by_id', sa.String(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['member.id'], name='fk_kick_off_point_done_by_id_member'),
    sa.ForeignKeyConstraint(['kick_off_id'], ['kick_off.id'], name='fk_kick_off_point_kick_off_id_kick_off', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('kick_off_id', 'point', name='pk_kick_off_point')
    )
    op.create_table('message_media',
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('media_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('alt', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name='fk_message_media_media_id_media'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name='fk_message_media_message_id_message', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', 'media_id', name='pk_message_media')
    )
    with op.batch_alter_table('message_media', schema=None) as batch_op:
        batch_op.create_index('ix_message_media_media_id', ['media_id'], unique=False)

    op.create_table('message_thanks',
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_message_thanks_member_id_member', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name='fk_message_thanks_message_id_message', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', 'member_id', name='pk_message_thanks')
    )
    op.create_table('responsibility_entry',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('responsibility_id', sa.String(), nullable=False),
    sa.Column('by_id', sa.String(), nullable=False),
    sa.Column('owner_id', sa.String(), nullable=True),
    sa.Column('stand_in_id', sa.String(), nullable=True),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['member.id'], name='fk_responsibility_entry_by_id_member'),
    sa.ForeignKeyConstraint(['owner_id'], ['member.id'], name='fk_responsibility_entry_owner_id_member'),
    sa.ForeignKeyConstraint(['responsibility_id'], ['responsibility.id'], name='fk_responsibility_entry_responsibility_id_responsibility', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_responsibility_entry_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stand_in_id'], ['member.id'], name='fk_responsibility_entry_stand_in_id_member'),
    sa.PrimaryKeyConstraint('id', name='pk_responsibility_entry')
    )
    with op.batch_alter_table('responsibility_entry', schema=None) as batch_op:
        batch_op.create_index('ix_responsibility_entry_history', ['responsibility_id', 'at', 'id'], unique=False)
        batch_op.create_index('ix_responsibility_entry_site_id', ['site_id'], unique=False)

    op.create_table('shared_link',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('update_id', sa.String(), nullable=False),
    sa.Column('media_id', sa.String(), nullable=True),
    sa.Column('created_by_id', sa.String(), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=False),
    sa.Column('previews_photo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['member.id'], name='fk_shared_link_created_by_id_member'),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name='fk_shared_link_media_id_media', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_shared_link_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['update_id'], ['update.id'], name='fk_shared_link_update_id_update', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name='pk_shared_link')
    )
    with op.batch_alter_table('shared_link', schema=None) as batch_op:
        batch_op.create_index('ix_shared_link_media_id', ['media_id'], unique=False)
        batch_op.create_index('ix_shared_link_newest', ['site_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_shared_link_update_id', ['update_id'], unique=False)

    op.create_table('update_media',
    sa.Column('update_id', sa.String(), nullable=False),
    sa.Column('media_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('alt', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name='fk_update_media_media_id_media'),
    sa.ForeignKeyConstraint(['update_id'], ['update.id'], name='fk_update_media_update_id_update', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('update_id', 'media_id', name='pk_update_media')
    )
    with op.batch_alter_table('update_media', schema=None) as batch_op:
        batch_op.create_index('ix_update_media_media_id', ['media_id'], unique=False)

    op.create_table('update_seen',
    sa.Column('update_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_update_seen_member_id_member', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['update_id'], ['update.id'], name='fk_update_seen_update_id_update', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('update_id', 'member_id', name='pk_update_seen')
    )
    with op.batch_alter_table('update_seen', schema=None) as batch_op:
        batch_op.create_index('ix_update_seen_member_id', ['member_id'], unique=False)

    op.create_table('visit_outcome',
    sa.Column('update_id', sa.String(), nullable=False),
    sa.Column('site_id', sa.String(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('provider', sa.String(length=120), nullable=False),
    sa.Column('who_went', sa.String(length=200), nullable=False),
    sa.Column('medicines', sa.String(length=2000), nullable=False),
    sa.Column('plan', sa.String(length=2000), nullable=False),
    sa.Column('mood', sa.String(length=20), nullable=False),
    sa.Column('next_words', sa.String(length=2000), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('needs', sa.String(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name='fk_visit_outcome_site_id_site', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['update_id'], ['update.id'], name='fk_visit_outcome_update_id_update', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('update_id', name='pk_visit_outcome')
    )
    with op.batch_alter_table('visit_outcome', schema=None) as batch_op:
        batch_op.create_index('ix_visit_outcome_site_id', ['site_id'], unique=False)

    op.execute(
        "INSERT INTO update_media (update_id, media_id, position, alt)"
        " SELECT update_id, media_id, position, alt FROM update_photo"
    )
    op.drop_table("update_photo")
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=10), server_default='photo', nullable=False))
        batch_op.add_column(sa.Column('original_bytes', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('duration_ms', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('progress', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_index('ix_media_gallery', ['site_id', 'created_at', 'id'], unique=False)

    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.drop_index('ix_comment_site_id')
        batch_op.create_index('ix_comment_newest', ['site_id', 'created_at'], unique=False)

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seen_before_at', sa.DateTime(), nullable=True))
