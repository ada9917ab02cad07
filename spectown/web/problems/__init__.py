"""问题台账 on the pages: raising, moves, common problems."""
