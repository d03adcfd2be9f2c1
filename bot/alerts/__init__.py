"""Write to people when a new article answers a question that they follow."""
