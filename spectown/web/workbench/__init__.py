"""工作台: what the actor must do now."""
