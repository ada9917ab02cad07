"""重大项目与招商引资: the pipeline from idea to full output, and the leads that feed it."""
