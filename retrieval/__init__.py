"""Articles in, verbatim excerpts out: everything of Hỏi Báo that knows nothing of chats."""
