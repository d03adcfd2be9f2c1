"""A question as it was typed, before any index is asked: operators, times, sources, what its words do."""
