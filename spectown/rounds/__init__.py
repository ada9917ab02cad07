"""Certification rounds (批次): cases, materials, experts, decisions, publicity, titles. Rules: spectown.core.rounds."""
