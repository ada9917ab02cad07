"""项目: 三个一批, 每月调度, moves of projects, from lead to project."""
