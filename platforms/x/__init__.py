"""X: what can be told of a post without calling it: its weight, its answers' meaning, whether two texts are one."""
