"""What a printed cell means, and how a target and an actual compare."""
