"""Scoring profile and ranking: pure, used by sitting and desk."""
