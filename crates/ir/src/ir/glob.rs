//! Patterns in attach points, as a shell has them: `*`, `?` and `{a,b}`. Text in, texts or yes and no out; it knows no
//! kinds of probes.

/// The texts that one with braces stands for: `{a,b}c` is `ac` and `bc`.
pub fn alternatives(text: &str) -> Vec<String> {
    let (mut all, mut rest) = (vec![String::new()], text);
    while let Some((before, (inside, behind))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        let ones = || inside.split(',');
        if all.len().saturating_mul(ones().count()) > MOST {
            return vec![text.to_string()];
        }
        all = all.iter().flat_map(|begun| ones().map(move |one| format!("{begun}{before}{one}"))).collect();
        rest = behind;
    }
    all.iter().map(|begun| format!("{begun}{rest}")).collect()
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
