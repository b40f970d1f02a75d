"""What reviewers hand on, as files: lists, workpapers, pages and texts."""
