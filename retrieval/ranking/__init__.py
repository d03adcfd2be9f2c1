"""From a query to ranked passages: candidates, a second look at the best, confidence, selection."""
