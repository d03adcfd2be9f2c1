"""From a question to what is searched: spelling, reading, synonyms, figures, weights."""
