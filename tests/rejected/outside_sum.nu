1 | sum
