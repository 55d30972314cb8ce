//! The grammar of the closures: one table, a line a form. A new form is a new line.
//!
//! In a template, `<T>` stands for anything that gives T, and besides:
//!
//! | written | stands for |
//! | --- | --- |
//! | `<loop T>`, `<closure T>` | the same, inside a loop's body, or in a closure of its own, which sees no `mut` |
//! | `<let T>`, `<mut T>` | the name of a new variable, seen by the statements that follow |
//! | `<new T>` | the name of a new variable, seen by the rest of the template only |
//! | `<get T>`, `<set T>` | a variable of that type that can be seen here; for `set` a mutable one |
//! | `<last>` | the variable that this template has just named |
//! | `<break>` | nothing: the line fits only inside a loop |
//!
//! `stmts` is one to three of `stmt`. Of each type, the first line without a placeholder is what shrinking tries.

/// What today's plugin takes of every line that names it as its feature. Most closures are made of these alone, so that
/// most are accepted. The others get lines of one more feature, and may be refused, but with a labelled error and
/// nothing worse.
pub const READY: &[&str] = &[NOW];

/// The feature of what a plugin without any of them takes.
const NOW: &str = "now";

/// One form: what it gives, how often it is taken beside the others that give the same, and its template.
#[derive(Debug)]
pub struct Rule {
    pub gives: &'static str,
    pub weight: u32,
    pub feature: &'static str,
    pub template: &'static str,
}

/// What every closure may capture.
pub const CAPTURED: &str = "\
let number = 7
let most = 9223372036854775807
let word = \"abc\"
let full = \"sixteen bytes ü\"
let yes = true
let wait = 90sec
let room = 1kb
let none = null";

/// What every closure is run on: the edges of what a register and a string can be.
pub const RECORDS: &str = "let records = [[arg0 arg1 arg2 arg3 arg4];
    [0 0 0 \"\" null]
    [1 2 3 abc größe]
    [-1 7 63 a abc]
    [9223372036854775807 1 -1 größe \"\"]
    [-9223372036854775808 -1 0 \"日本語\" abc]
    [-9223372036854775808 9223372036854775807 64 null null]
    [4294967296 -3 5 \"abcdefgh\" \"a b\"]
    [255 10 2 \"1\" \"null\"]
    [-7 3 1 ABC ab]
    [3 3 3 same same]
    [100 -100 9 $full x]
    [2 0 1 $full $full]]";

const fn rule(gives: &'static str, weight: u32, feature: &'static str, template: &'static str) -> Rule {
    Rule { gives, weight, feature, template }
}

#[rustfmt::skip]
pub static RULES: &[Rule] = &[
    // Whole numbers.
    rule("int", 4, NOW, "0"),
    rule("int", 12, NOW, "$ctx.arg0"),
    rule("int", 12, NOW, "$ctx.arg1"),
    rule("int", 6, NOW, "$ctx.arg2"),
    rule("int", 4, NOW, "1"),
    rule("int", 3, NOW, "-1"),
    rule("int", 3, NOW, "2"),
    rule("int", 3, NOW, "7"),
    rule("int", 2, NOW, "63"),
    rule("int", 1, NOW, "4294967296"),
    rule("int", 1, NOW, "9223372036854775807"),
    rule("int", 1, NOW, "-9223372036854775808"),
    rule("int", 2, NOW, "$number"),
    rule("int", 1, NOW, "$most"),
    rule("int", 20, NOW, "<get int>"),
    rule("int", 8, NOW, "(<int> + <int>)"),
    rule("int", 8, NOW, "(<int> - <int>)"),
    rule("int", 5, NOW, "(<int> * <int>)"),
    rule("int", 4, NOW, "(<int> // <int>)"),
    rule("int", 4, NOW, "(<int> mod <int>)"),
    rule("int", 2, NOW, "(<int> bit-and <int>)"),
    rule("int", 2, NOW, "(<int> bit-or <int>)"),
    rule("int", 2, NOW, "(<int> bit-xor <int>)"),
    rule("int", 2, NOW, "(<int> bit-shl <int>)"),
    rule("int", 2, NOW, "(<int> bit-shr <int>)"),
    rule("int", 6, NOW, "(if <bool> { <int> } else { <int> })"),
    rule("int", 3, NOW, "(if <bool> { <stmts>; <int> } else { <int> })"),
    rule("int", 2, NOW, "(if <bool> { <int> } else if <bool> { <int> } else { <int> })"),
    rule("int", 6, NOW, "<get rec>.a"),
    rule("int", 6, NOW, "<get ints>.1"),
    rule("int", 2, NOW, "<get nest>.r.a"),
    rule("int", 2, NOW, "{p: <int>, q: <int>}.q"),
    rule("int", 2, NOW, "[<int>, <int>].0"),
    rule("int", 2, "records", "(<rec>).a"),
    rule("int", 2, "records", "(<rec> | get a)"),
    rule("int", 2, "lists", "(<ints> | get 2)"),
    rule("int", 2, "lists", "(<ints> | get (<int>))"),
    rule("int", 2, "lists", "(<ints> | length)"),
    rule("int", 2, "lists", "(<ints> | math sum)"),
    rule("int", 1, "lists", "(<ints> | math max)"),
    rule("int", 1, "lists", "(<ints> | math min)"),
    rule("int", 2, "lists", "(<ints> | first)"),
    rule("int", 2, "lists", "(<ints> | last)"),
    rule("int", 2, "closures", "(<ints> | reduce {|<new int>, <new int>| <closure int> })"),
    rule("int", 1, "closures", "(<ints> | reduce --fold (<int>) {|<new int>, <new int>| <closure int> })"),
    rule("int", 2, "strings", "(<text> | default \"x\" | str length)"),
    rule("int", 1, "strings", "(<text> | str length)"),
    rule("int", 2, "default", "((<ints>).7? | default (<int>))"),
    rule("int", 1, "default", "((<rec>).z? | default (<int>))"),
    rule("int", 3, "match", "(match (<int>) { 0 => { <int> }, 1 | 2 => { <int> }, _ => { <int> } })"),
    rule("int", 2, "match", "(match (<int>) { 3..100 => { <int> }, $<new int> => { <closure int> } })"),
    rule("int", 2, "match", "(match <text> { \"abc\" => { <int> }, null => { <int> }, _ => { <int> } })"),
    rule("int", 2, "try", "(try { <int> } catch { <closure int> })"),
    rule("int", 1, "closures", "(do <get fn> (<int>))"),
    rule("int", 1, "closures", "(do <lambda> (<int>))"),
    rule("int", 1, "convert", "(<bool> | into int)"),
    rule("int", 1, "numbers", "(<int> | math abs)"),
    rule("int", 1, "numbers", "(<dur> // <dur>)"),
    // True and false.
    rule("bool", 3, NOW, "true"),
    rule("bool", 2, NOW, "false"),
    rule("bool", 1, NOW, "$yes"),
    rule("bool", 10, NOW, "<get bool>"),
    rule("bool", 6, NOW, "(<int> == <int>)"),
    rule("bool", 4, NOW, "(<int> != <int>)"),
    rule("bool", 6, NOW, "(<int> < <int>)"),
    rule("bool", 4, NOW, "(<int> <= <int>)"),
    rule("bool", 6, NOW, "(<int> > <int>)"),
    rule("bool", 4, NOW, "(<int> >= <int>)"),
    rule("bool", 5, NOW, "(<bool> and <bool>)"),
    rule("bool", 5, NOW, "(<bool> or <bool>)"),
    rule("bool", 3, NOW, "(<bool> xor <bool>)"),
    rule("bool", 4, NOW, "(not <bool>)"),
    rule("bool", 2, NOW, "(<bool> == <bool>)"),
    rule("bool", 5, NOW, "(<text> == <word>)"),
    rule("bool", 3, NOW, "(<text> != <word>)"),
    rule("bool", 2, NOW, "(<word> == <text>)"),
    rule("bool", 3, NOW, "(<text> == null)"),
    rule("bool", 2, NOW, "(null != <text>)"),
    rule("bool", 3, NOW, "(<dur> < <dur>)"),
    rule("bool", 2, NOW, "(<dur> == <dur>)"),
    rule("bool", 2, NOW, "(<size> >= <size>)"),
    rule("bool", 3, NOW, "(if <bool> { <bool> } else { <bool> })"),
    rule("bool", 4, NOW, "<get rec>.b"),
    rule("bool", 2, "in", "(<int> in <ints>)"),
    rule("bool", 1, "in", "(<int> not-in <ints>)"),
    rule("bool", 2, "in", "(<int> in 1..(<int>))"),
    rule("bool", 2, "closures", "(<ints> | any {|<new int>| <closure bool> })"),
    rule("bool", 2, "closures", "(<ints> | all {|<new int>| <closure bool> })"),
    rule("bool", 1, "lists", "(<ints> | is-empty)"),
    rule("bool", 1, "lists", "(<ints> | is-not-empty)"),
    rule("bool", 2, "strings", "(<text> == <text>)"),
    rule("bool", 2, "strings", "(<text> in [\"abc\" <word>])"),
    rule("bool", 2, "strings", "(<text> | default \"\" | str starts-with <word>)"),
    rule("bool", 2, "strings", "(<text> | default \"\" | str ends-with <word>)"),
    rule("bool", 2, "strings", "(<text> | default \"\" | str contains <word>)"),
    rule("bool", 1, "strings", "(<text> | str starts-with <word>)"),
    rule("bool", 1, "strings", "(<text> =~ \"b\")"),
    rule("bool", 1, "records", "(<rec> == <rec>)"),
    rule("bool", 1, "lists", "(<ints> == <ints>)"),
    rule("bool", 1, "strings", "(<text> | is-empty)"),
    // Constant strings, strings that may be null, and any of them.
    rule("word", 3, NOW, "\"abc\""),
    rule("word", 2, NOW, "\"\""),
    rule("word", 2, NOW, "\"größe\""),
    rule("word", 1, NOW, "\"日本語\""),
    rule("word", 1, NOW, "\"1\""),
    rule("word", 1, NOW, "'a \"b\" \\n?'"),
    rule("word", 1, NOW, "\"tab\\there\""),
    rule("word", 2, NOW, "$word"),
    rule("text", 12, NOW, "($ctx.arg3 | read-str --len 16)"),
    rule("text", 8, NOW, "($ctx.arg4 | read-str --len 16)"),
    rule("text", 1, NOW, "($ctx.arg3 | read-str)"),
    rule("text", 24, NOW, "<get text>"),
    rule("text", 4, NOW, "(if <bool> { <text> } else { <text> })"),
    rule("text", 1, NOW, "(if <bool> { <text> } else { <word> })"),
    rule("str", 4, NOW, "\"s\""),
    rule("str", 4, NOW, "<word>"),
    rule("str", 4, NOW, "<text>"),
    rule("str", 8, NOW, "<get str>"),
    rule("str", 3, NOW, "(if <bool> { <str> } else { <str> })"),
    rule("str", 3, NOW, "<get rec>.s"),
    rule("str", 3, "interpolation", "$\"it is (<int>) and (<str>)\""),
    rule("str", 2, "interpolation", "$\"(<int>)/(<bool>)\""),
    rule("str", 1, "convert", "(<int> | into string)"),
    rule("str", 1, "strings", "(<word> + <word>)"),
    rule("str", 1, "strings", "(<text> + <word>)"),
    rule("str", 1, "default", "(<text> | default <word>)"),
    rule("str", 1, "default", "(<text> | default <str>)"),
    rule("str", 1, "match", "(match (<int>) { 0 => { <word> }, _ => { <str> } })"),
    rule("str", 1, "try", "(try { <str> } catch { <closure str> })"),
    // Times and sizes.
    rule("dur", 2, NOW, "1sec"),
    rule("dur", 2, NOW, "250ms"),
    rule("dur", 1, NOW, "0ns"),
    rule("dur", 1, NOW, "-3min"),
    rule("dur", 1, NOW, "100000day"),
    rule("dur", 2, NOW, "$wait"),
    rule("dur", 6, NOW, "<get dur>"),
    rule("dur", 4, NOW, "(<dur> + <dur>)"),
    rule("dur", 3, NOW, "(<dur> - <dur>)"),
    rule("dur", 3, NOW, "(if <bool> { <dur> } else { <dur> })"),
    rule("dur", 1, "numbers", "(<dur> * <int>)"),
    rule("dur", 1, "numbers", "(<int> * <dur>)"),
    rule("dur", 1, "numbers", "(<dur> // <int>)"),
    rule("dur", 1, "numbers", "(<dur> mod <dur>)"),
    rule("dur", 1, "convert", "(<int> | into duration)"),
    rule("size", 2, NOW, "1kb"),
    rule("size", 1, NOW, "0b"),
    rule("size", 1, NOW, "3mib"),
    rule("size", 1, NOW, "$room"),
    rule("size", 4, NOW, "<get size>"),
    rule("size", 3, NOW, "(<size> + <size>)"),
    rule("size", 2, NOW, "(<size> - <size>)"),
    rule("size", 2, NOW, "(if <bool> { <size> } else { <size> })"),
    rule("size", 1, "numbers", "(<size> * <int>)"),
    rule("size", 1, "convert", "(<int> | into filesize)"),
    // Records and lists.
    rule("rec", 1, NOW, "{a: 1, b: true, s: \"x\"}"),
    rule("rec", 4, NOW, "{a: <int>, b: <bool>, s: <str>}"),
    rule("rec", 6, NOW, "<get rec>"),
    rule("rec", 2, NOW, "(if <bool> { <rec> } else { <rec> })"),
    rule("rec", 2, "records", "(<rec> | update a (<int>))"),
    rule("rec", 1, "records", "(<rec> | update a {|<new rec>| <closure int> })"),
    rule("rec", 1, "records", "(<rec> | upsert b <bool>)"),
    rule("rec", 1, "records", "(<rec> | insert z (<int>) | reject z)"),
    rule("rec", 1, "records", "(<rec> | merge {a: <int>})"),
    rule("rec", 1, "records", "(<rec> | insert z (<any>) | select a b s)"),
    rule("nest", 1, NOW, "{r: {a: 1, b: true, s: \"x\"}, l: [1, 2, 3]}"),
    rule("nest", 2, NOW, "{r: <rec>, l: <ints>}"),
    rule("nest", 2, NOW, "<get nest>"),
    rule("ints", 1, NOW, "[1, 2, 3]"),
    rule("ints", 4, NOW, "[<int>, <int>, <int>]"),
    rule("ints", 6, NOW, "<get ints>"),
    rule("ints", 2, NOW, "<get nest>.l"),
    rule("ints", 2, NOW, "(if <bool> { <ints> } else { <ints> })"),
    rule("ints", 2, "closures", "(<ints> | each {|<new int>| <closure int> })"),
    rule("ints", 1, "closures", "(<ints> | where {|<new int>| <closure bool> })"),
    rule("ints", 1, "closures", "(<ints> | where $it > 0)"),
    rule("ints", 1, "lists", "(<ints> | take 2)"),
    rule("ints", 1, "lists", "(<ints> | skip 1)"),
    rule("ints", 1, "lists", "(<ints> | first 2)"),
    rule("ints", 1, "lists", "(<ints> | last 2)"),
    rule("ints", 1, "lists", "(<ints> | append (<int>))"),
    rule("ints", 1, "lists", "(<ints> | prepend (<int>))"),
    rule("ints", 1, "lists", "(<ints> | reverse)"),
    rule("ints", 1, "lists", "(<ints> ++ <ints>)"),
    rule("ints", 1, "lists", "[...<ints>, <int>]"),
    // What is emitted.
    rule("any", 1, NOW, "1"),
    rule("any", 10, NOW, "<int>"),
    rule("any", 5, NOW, "<bool>"),
    rule("any", 6, NOW, "<str>"),
    rule("any", 3, NOW, "<dur>"),
    rule("any", 3, NOW, "<size>"),
    rule("any", 4, NOW, "<rec>"),
    rule("any", 3, NOW, "<ints>"),
    rule("any", 2, NOW, "<nest>"),
    rule("any", 2, "records", "{...<rec>, z: <int>}"),
    rule("any", 1, NOW, "null"),
    rule("any", 1, NOW, "$none"),
    rule("any", 1, NOW, "2.5"),
    rule("any", 1, NOW, "0x[00 ff]"),
    rule("any", 6, NOW, "{x: <any>, \"y z\": <any>}"),
    rule("any", 3, NOW, "[<any>, <any>]"),
    rule("lambda", 1, "closures", "{|x| 1 }"),
    rule("lambda", 4, "closures", "{|<new int>| <closure int> }"),
    // Statements, and the last one of a closure.
    rule("end", 1, NOW, "1 | emit"),
    rule("end", 20, NOW, "<any> | emit"),
    rule("stmt", 1, NOW, "1 | emit"),
    rule("stmt", 14, NOW, "<any> | emit"),
    rule("stmt", 2, NOW, "let <let int> = <int> | emit"),
    rule("stmt", 8, NOW, "let <let int> = <int>"),
    rule("stmt", 4, NOW, "let <let bool> = <bool>"),
    rule("stmt", 4, NOW, "let <let text> = <text>"),
    rule("stmt", 3, NOW, "let <let str> = <str>"),
    rule("stmt", 3, NOW, "let <let dur> = <dur>"),
    rule("stmt", 1, NOW, "let <let size> = <size>"),
    rule("stmt", 4, NOW, "let <let rec> = <rec>"),
    rule("stmt", 4, NOW, "let <let ints> = <ints>"),
    rule("stmt", 2, NOW, "let <let nest> = <nest>"),
    rule("stmt", 2, NOW, "let <let int> = if <bool> { <int> } else { <int> }"),
    rule("stmt", 6, NOW, "mut <mut int> = <int>"),
    rule("stmt", 2, NOW, "mut <mut bool> = <bool>"),
    rule("stmt", 2, NOW, "mut <mut text> = <text>"),
    rule("stmt", 2, NOW, "mut <mut str> = <str>"),
    rule("stmt", 2, NOW, "mut <mut dur> = <dur>"),
    rule("stmt", 8, NOW, "<set int> = <int>"),
    rule("stmt", 8, NOW, "<set int> += <int>"),
    rule("stmt", 4, NOW, "<set int> -= <int>"),
    rule("stmt", 2, NOW, "<set int> *= <int>"),
    rule("stmt", 4, NOW, "<set bool> = <bool>"),
    rule("stmt", 4, NOW, "<set text> = <text>"),
    rule("stmt", 3, NOW, "<set str> = <word>"),
    rule("stmt", 3, NOW, "<set dur> += <dur>"),
    rule("stmt", 8, NOW, "if <bool> { <stmts> }"),
    rule("stmt", 8, NOW, "if <bool> { <stmts> } else { <stmts> }"),
    rule("stmt", 4, NOW, "if <bool> { <stmts> } else if <bool> { <stmts> } else { <stmts> }"),
    rule("stmt", 3, NOW, "if <bool> { return }"),
    rule("stmt", 2, NOW, "if <bool> { <stmts>; return } else { <stmts> }"),
    rule("stmt", 1, "compound mut", "mut <mut rec> = <rec>"),
    rule("stmt", 1, "compound mut", "mut <mut ints> = <ints>"),
    rule("stmt", 2, "compound mut", "<set rec>.a = <int>"),
    rule("stmt", 2, "compound mut", "<set rec> = <rec>"),
    rule("stmt", 2, "compound mut", "<set ints>.1 = <int>"),
    rule("stmt", 2, "compound mut", "<set ints> = <ints>"),
    rule("stmt", 1, "closures", "let <let fn> = <lambda>"),
    rule("stmt", 4, "loops", "for <new int> in 1..3 { <loop stmts> }"),
    rule("stmt", 2, "loops", "for <new int> in <ints> { <loop stmts> }"),
    rule("stmt", 2, "loops", "for <new str> in [\"abc\", <word>] { <loop stmts> }"),
    rule("stmt", 2, "loops", "for <new int> in 0..<4 { <loop stmts> }"),
    rule("stmt", 2, "loops", "mut <mut turn> = 0; while <last> < 5 { <last> += 1; <loop stmts> }"),
    rule("stmt", 2, "loops", "mut <mut turn> = 0; loop { <last> += 1; if <last> > 3 { break }; <loop stmts> }"),
    rule("stmt", 3, "loops", "<break>if <bool> { break }"),
    rule("stmt", 3, "loops", "<break>if <bool> { continue }"),
    rule("stmt", 2, "match", "match (<int>) { 0 => { <stmts> }, 1 | 2 => { <stmts> }, _ => { <stmts> } }"),
    rule("stmt", 1, "match", "match (<int>) { 0 => { <stmts> }, $<new int> if <bool> => { <stmts> }, _ => { 1 | emit } }"),
    rule("stmt", 2, "match", "match <text> { \"abc\" => { <stmts> }, _ => { <stmts> } }"),
    rule("stmt", 2, "try", "try { <stmts> } catch { <closure stmts> }"),
    rule("stmt", 1, "try", "try { <stmts> }"),
    rule("stmt", 1, "closures", "<ints> | each {|<new int>| <closure int> | emit }"),
    rule("stmt", 1, "closures", "<ints> | each {|<new int>| <closure any> | emit } | ignore"),
    rule("stmt", 1, "try", "error make {msg: \"stop\"}"),
];
