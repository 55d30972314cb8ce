# What every closure may capture.
let number = 7
let most = 9223372036854775807
let word = "abc"
let full = "sixteen bytes ü"
let yes = true
let wait = 90sec
let room = 1kb
let none = null
let day = 2024-02-29T12:00:00Z
let known = {a: 5, b: false, s: "known"}
let numbers = [3, -1, 8]

# What every closure is run on: the edges of what a register and a string can be. `arg5` is ASCII and never null.
let records = [[arg0 arg1 arg2 arg3 arg4 arg5];
    [0 0 0 "" null ""]
    [1 2 3 abc größe abc]
    [-1 7 63 a abc " x "]
    [9223372036854775807 1 -1 größe "" "12"]
    [-9223372036854775808 -1 0 "日本語" abc "-7"]
    [-9223372036854775808 9223372036854775807 64 null null "ABC def"]
    [4294967296 -3 5 "abcdefgh" "a b" "0x1F"]
    [255 10 2 "1" "null" "a\tb"]
    [-7 3 1 ABC ab "9223372036854775808"]
    [3 3 3 same same same]
    [100 -100 9 $full x "exactly sixteen."]
    [2 0 1 $full $full "b"]]
