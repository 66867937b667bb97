"""Importing this registers everything people ask about shared links."""

from careapp.sharing.share import links, share
from careapp.sharing.shared import shared

__all__ = ["links", "share", "shared"]
