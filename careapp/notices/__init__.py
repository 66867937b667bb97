"""The page on which people choose how they are told; what tells them is in `careapp.notify`."""
