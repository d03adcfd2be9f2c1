"""Letters of before Unicode: old Vietnamese fonts and text that was encoded twice, made readable."""
