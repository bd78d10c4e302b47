"""How good and how fast: found against gold, floors, speed. Not part of the package."""
