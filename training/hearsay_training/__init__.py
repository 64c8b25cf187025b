"""Steps that make the language engine's weights. One command a step; see ../README.md."""
