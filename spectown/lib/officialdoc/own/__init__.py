"""The office's own templates: a .docx with named fields is checked, then filled. No code runs from it."""
