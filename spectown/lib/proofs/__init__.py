"""Files that people upload to prove something: what may be kept, how it is kept, how it is taken out again."""
