"""Published accounts (部门决算公开): what their sentences say, and what must hold between them."""
