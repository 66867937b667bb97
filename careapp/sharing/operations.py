"""Importing this registers everything people do with shared links."""

from careapp.sharing.commands import count_opening, revoke_link, share_by_link

__all__ = ["count_opening", "revoke_link", "share_by_link"]
