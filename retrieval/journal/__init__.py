"""What was asked and answered, and what can be learnt from it."""
