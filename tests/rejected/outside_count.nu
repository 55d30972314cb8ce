"x" | count
