"""Quality and speed of Hỏi Báo beside the engines people would pick instead."""
