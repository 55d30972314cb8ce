# What every closure may call.
def double [x: int] { $x * 2 }
def clamped [x: int, low: int = 0, --high: int = 10] { if $x < $low { $low } else if $x > $high { $high } else { $x } }
def shout [text: string, --loud(-l)] { if $loud { $text | str uppercase } else { $text } }
def early [x: int] { if $x > 5 { return 1 }; if $x < 0 { return 2 }; $x }
def total [...rest: int] { mut sum = 0; for x in $rest { $sum += $x }; $sum }
def piped [] { let before = $in; $before + 1 }
def send [x: any] { $x | emit; {sent: $x} }
def both [x: int, y: int] { double (early $x) | $in + $y }
def searched [x: int] { for i in [1, 5, 7] { if $i > $x { return $i } }; 0 }
def tried [x: int, by: int] { try { $x // $by } catch { -1 } }
def row-of [a: int, s?: string] { {a: $a, b: ($s == null), s: $s} }
