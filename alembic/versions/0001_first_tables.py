"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "email_code",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_email_code"),
    )
    op.create_index("ix_email_code_email", "email_code", ["email"], unique=False)
    op.create_index("ix_email_code_expires_at", "email_code", ["expires_at"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("run_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_due", "job", ["state", "run_at"], unique=False)

    op.create_table(
        "op_answer",
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("op_id", "account_id", name="pk_op_answer"),
    )
    op.create_index("ix_op_answer_created_at", "op_answer", ["created_at"], unique=False)

    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name="pk_rate_count"),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("address", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("privacy", sa.Enum("INVITED", "ASK", "LINK", name="privacy"), nullable=False),
        sa.Column("link_nonce", sa.String(length=64), nullable=False),
        sa.Column("colour", sa.String(length=20), nullable=False),
        sa.Column("cover_media_id", sa.String(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("change_counter", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint("address", name="uq_site_address"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=True),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("operation", sa.String(length=80), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_audit_entry_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_account_id", "audit_entry", ["account_id"], unique=False)
    op.create_index("ix_audit_site", "audit_entry", ["site_id", "id"], unique=False)

    op.create_table(
        "former_address",
        sa.Column("address", sa.String(length=40), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_former_address_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("address", name="pk_former_address"),
    )
    op.create_index("ix_former_address_site_id", "former_address", ["site_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("relation", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("photo_media_id", sa.String(), nullable=True),
        sa.Column("is_contact", sa.Boolean(), nullable=False),
        sa.Column("is_stand_in", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("removed_by_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_member_account_id_account"),
        sa.ForeignKeyConstraint(["removed_by_id"], ["member.id"], name="fk_member_removed_by_id_member"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_member_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("site_id", "account_id", name="uq_member_site_id_account_id"),
    )
    op.create_index("ix_member_account_id", "member", ["account_id"], unique=False)
    op.create_index(
        "ix_member_contact",
        "member",
        ["site_id"],
        unique=True,
        sqlite_where=sa.text("is_contact"),
        postgresql_where=sa.text("is_contact"),
    )
    op.create_index("ix_member_site_id", "member", ["site_id"], unique=False)

    op.create_table(
        "person_profile",
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("called", sa.String(length=80), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("photo_media_id", sa.String(), nullable=True),
        sa.Column("about", sa.String(length=2000), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("food", sa.String(length=1000), nullable=False),
        sa.Column("faith", sa.String(length=1000), nullable=False),
        sa.Column("comforts", sa.String(length=1000), nullable=False),
        sa.Column("dislikes", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_person_profile_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("site_id", name="pk_person_profile"),
    )
    op.create_table(
        "role_grant",
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_role_grant_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("site_id", "role", "section", name="pk_role_grant"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_sign_in_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_token_hash"),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"], unique=False)
    op.create_index("ix_sign_in_seen_at", "sign_in", ["seen_at"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("invited_by_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("used_by_id", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["invited_by_id"], ["member.id"], name="fk_invitation_invited_by_id_member"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_invitation_site_id_site", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["used_by_id"], ["member.id"], name="fk_invitation_used_by_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
    )
    op.create_index("ix_invitation_site_id", "invitation", ["site_id"], unique=False)

    op.create_table(
        "join_request",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.String(), nullable=True),
        sa.Column("is_approved", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_join_request_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["member.id"], name="fk_join_request_decided_by_id_member"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_join_request_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_join_request"),
    )
    op.create_index("ix_join_request_account_id", "join_request", ["account_id"], unique=False)
    op.create_index("ix_join_request_site_id", "join_request", ["site_id"], unique=False)

    op.create_table(
        "media",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("uploader_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("refusal", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("stored_id", sa.String(), nullable=False),
        sa.Column("stored_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("blur", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_media_site_id_site", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["uploader_id"], ["member.id"], name="fk_media_uploader_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
    )
    op.create_index("ix_media_same", "media", ["uploader_id", "sha256"], unique=False)
    op.create_index("ix_media_site_id", "media", ["site_id"], unique=False)
    op.create_index("ix_media_stored_id", "media", ["stored_id"], unique=False)

    op.create_table(
        "member_grant",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_member_grant_member_id_member", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_member_grant_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "section", name="pk_member_grant"),
    )
    op.create_index("ix_member_grant_site_id", "member_grant", ["site_id"], unique=False)

    op.create_table(
        "status",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("mood", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=280), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_status_member_id_member"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_status_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_status"),
    )
    op.create_index("ix_status_newest", "status", ["site_id", "since", "id"], unique=False)

    op.create_table(
        "update",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("mood", sa.String(length=20), nullable=False),
        sa.Column("milestone", sa.String(length=120), nullable=False),
        sa.Column("audience", sa.Enum("EVERYONE", "FAMILY", "CARE_TEAM", "NAMED", name="audience"), nullable=False),
        sa.Column("pinned_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name="fk_update_author_id_member"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_update_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_update"),
    )
    op.create_index("ix_update_author_id", "update", ["author_id"], unique=False)
    op.create_index("ix_update_pinned", "update", ["site_id", "pinned_at"], unique=False)
    op.create_index("ix_update_timeline", "update", ["site_id", "published_at", "id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_upload_member_id_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_upload_site_id_site", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"], unique=False)
    op.create_index("ix_upload_member_id", "upload", ["member_id"], unique=False)
    op.create_index("ix_upload_site_id", "upload", ["site_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name="fk_comment_author_id_member"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_comment_site_id_site", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name="fk_comment_update_id_update", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_site_id", "comment", ["site_id"], unique=False)
    op.create_index("ix_comment_thread", "comment", ["update_id", "created_at", "id"], unique=False)

    op.create_table(
        "reaction",
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_reaction_member_id_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_reaction_site_id_site", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name="fk_reaction_update_id_update", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("update_id", "member_id", name="pk_reaction"),
    )
    op.create_index("ix_reaction_site_id", "reaction", ["site_id"], unique=False)

    op.create_table(
        "update_photo",
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("media_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_update_photo_media_id_media"),
        sa.ForeignKeyConstraint(
            ["update_id"], ["update.id"], name="fk_update_photo_update_id_update", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("update_id", "media_id", name="pk_update_photo"),
    )
    op.create_index("ix_update_photo_media_id", "update_photo", ["media_id"], unique=False)

    op.create_table(
        "update_reader",
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_update_reader_member_id_member", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["update.id"], name="fk_update_reader_update_id_update", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("update_id", "member_id", name="pk_update_reader"),
    )
    op.create_index("ix_update_reader_member_id", "update_reader", ["member_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=True),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name="fk_mention_by_id_member"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_mention_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_mention_member_id_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_mention_site_id_site", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name="fk_mention_update_id_update", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    op.create_index("ix_mention_comment_id", "mention", ["comment_id"], unique=False)
    op.create_index("ix_mention_site_id", "mention", ["site_id"], unique=False)
    op.create_index("ix_mention_unseen", "mention", ["member_id", "seen_at"], unique=False)
    op.create_index("ix_mention_update_id", "mention", ["update_id"], unique=False)

    # Sites, members and media point at each other: these three come last, when all tables are there.
    with op.batch_alter_table("site") as table:
        table.create_foreign_key(
            "fk_site_cover_media_id_media", "media", ["cover_media_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("person_profile") as table:
        table.create_foreign_key(
            "fk_person_profile_photo_media_id_media", "media", ["photo_media_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("member") as table:
        table.create_foreign_key(
            "fk_member_photo_media_id_media", "media", ["photo_media_id"], ["id"], ondelete="SET NULL"
        )
