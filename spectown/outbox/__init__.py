"""发件箱: messages to persons, rendered when they are sent, and the ways they go: in-app, e-mail, robots, calendar."""
