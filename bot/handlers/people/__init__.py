"""What everybody may do beside asking comes in: to read, to follow, to choose a language, to be forgotten."""
