"""From a question to an answer with excerpts: the engine, and why it answers so."""
