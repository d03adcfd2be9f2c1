"""Pages of paper (PDF): where the letters stand, and in which order they are read."""
