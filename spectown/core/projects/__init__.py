"""Rules of projects: lights and the rates of 三个一批 (docs/algorithms/projects.md)."""
