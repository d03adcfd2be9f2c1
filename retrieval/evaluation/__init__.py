"""Measure the answers to labelled questions."""
