"""Bundles of files made of the same tables: .docx, .xlsx, .pptx in one zip; pieces of evidence in one PDF."""
