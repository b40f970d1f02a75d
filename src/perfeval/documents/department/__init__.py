"""What a department gets besides its texts: the files, 总览, 汇总表, and data for other tools."""
