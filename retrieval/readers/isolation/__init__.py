"""Reading in processes of its own, so that no file can stop, slow or swell the one that answers."""
