"""The fault matrix: every fault a platform is known for, at the call that makes each kind of post public."""
