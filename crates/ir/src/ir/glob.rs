//! Patterns in attach points, as a shell has them: `*`, `?` and `{a,b}`. Text in, texts or yes and no out; it knows no
//! kinds of probes.

/// The texts that one with braces stands for: `{a,b}c` is `ac` and `bc`. Braces without a comma stay, as in a shell:
/// names of C++ and Rust have some (`{lambda(int, int)#1}`, `{{closure}}`).
pub fn alternatives(text: &str) -> Vec<String> {
    let (mut all, mut rest) = (vec![String::new()], text);
    while let Some((before, behind)) = rest.split_once('{') {
        let inside = behind.split_once('}').filter(|(inside, _)| !inside.contains('{'));
        let (ones, behind) = match inside.map(|(inside, behind)| (ones(inside), behind)) {
            Some((ones, behind)) if ones.len() > 1 => (ones, behind),
            _ => (vec!["{"], behind),
        };
        if all.len().saturating_mul(ones.len()) > MOST {
            return vec![text.to_string()];
        }
        all = all.iter().flat_map(|begun| ones.iter().map(move |one| format!("{begun}{before}{one}"))).collect();
        rest = behind;
    }
    all.iter().map(|begun| format!("{begun}{rest}")).collect()
}

/// The parts between commas, but for those between parameters and arguments of templates.
fn ones(inside: &str) -> Vec<&str> {
    let (mut all, mut depth, mut begin) = (Vec::new(), 0i32, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '(' | '<' => depth += 1,
            ')' | '>' => depth -= 1,
            ',' if depth <= 0 => {
                all.push(&inside[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    all.push(&inside[begin..]);
    all
}

/// Texts that one is at most: what would be more stays as it is, which is no name of anything.
const MOST: usize = 10_000;

/// Whether a text stands for all names that fit it.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether a name fits a pattern: `*` is any characters, `?` one. Where it fits no further, only the last `*` takes one
/// more: what stands before that has its place already.
pub fn fits(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    let mut star = None;
    loop {
        let (mut wanted, mut rest) = (pattern.clone(), name.clone());
        match (wanted.next(), rest.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                star = Some((wanted.clone(), name.clone()));
                pattern = wanted;
            }
            (Some(one), Some(c)) if one == '?' || one == c => (pattern, name) = (wanted, rest),
            _ => {
                let Some((after, taken)) = &mut star else { return false };
                if taken.next().is_none() {
                    return false;
                }
                (pattern, name) = (after.clone(), taken.clone());
            }
        }
    }
}

#[cfg(test)]
#[path = "../../../../tests/unit/ir_glob.rs"]
mod tests;
