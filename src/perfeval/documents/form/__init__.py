"""The 自评表 as a grid: laid out by the rulebook's form, the same for every format."""
