"""企业: look-alikes and their merging, the rows behind every count of a town, own parts of an enterprise's page."""
