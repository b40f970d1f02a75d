"""The narratives (综述、摘要、情况说明): what they may say, and the documents bound of them."""
