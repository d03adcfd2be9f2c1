"""The README's pictures of conversations, drawn from the golden messages."""
