"""What the bot remembers of chats and people."""
