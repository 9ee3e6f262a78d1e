"""Measurements as ratios: each arm of ours runs beside the bare work it is compared with, in the same run."""
