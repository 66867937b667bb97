"""The wall: messages of support, with replies and thanks, apart from the updates."""
