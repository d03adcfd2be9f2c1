"""Messages about a question: its answer, why it is this one, and what could not be asked."""
