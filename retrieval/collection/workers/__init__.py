"""Processes that answer questions beside this one, from the same mapped files, one processor each."""
