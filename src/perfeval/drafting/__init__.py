"""What a published account says of a department, as drafts of its file and its projects' sheets."""
