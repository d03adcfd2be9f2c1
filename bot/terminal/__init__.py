"""The conversation in a terminal, and what commands print there."""
