//! What is attached for what was written: the cheaper form where it gives the same and the kernel takes it, else what was
//! written. A prepared object in, what was made of one of the two out. What gives the same, `crates/upgrade` knows.

use crate::pipeline::{self, Prepared};
use nu_ebpf_upgrade::{Kept, probed};
use nu_protocol::{IntoValue, LabeledError};

/// The two.
pub struct Choice {
    /// As it was written.
    pub plain: Prepared,
    upgraded: Result<(Prepared, Option<Kept>), Kept>,
}

/// What was chosen.
#[derive(Debug, IntoValue)]
pub struct Underneath {
    /// The kinds that are attached.
    pub by: String,
    /// In plain words.
    pub why: String,
}

impl Choice {
    /// `kept`: a reason to leave it alone.
    pub fn new(plain: Prepared, kept: Option<Kept>) -> Choice {
        let upgraded = kept.map_or_else(|| pipeline::upgraded(&plain), Err);
        Choice { plain, upgraded }
    }

    /// The C of what is tried first.
    pub fn text(&self) -> &str {
        self.upgraded.as_ref().map_or(&self.plain.text, |(upgraded, _)| &upgraded.text)
    }

    /// What `work` makes of the cheaper one, or else of the other, with that one.
    ///
    /// # Errors
    /// Of what was written: that the kernel does not take another form is nothing to be told of.
    pub fn first<T>(
        self, work: impl Fn(&Prepared) -> Result<T, LabeledError>,
    ) -> Result<(Prepared, T, Underneath), LabeledError> {
        let tried = self.upgraded.and_then(|(upgraded, rest)| {
            probed(&upgraded.object)?;
            let made = work(&upgraded).map_err(|error| Kept::Refused(error.msg))?;
            Ok((upgraded, made, rest))
        });
        match tried {
            Ok((prepared, made, rest)) => {
                let rest = rest.map(|kept| format!("; where it stays as it was written, {}", kept.why()));
                let why = format!("it gives the same results and costs less{}", rest.unwrap_or_default());
                let underneath = Underneath { by: kinds(&prepared), why };
                Ok((prepared, made, underneath))
            }
            Err(kept) => {
                let made = work(&self.plain)?;
                let underneath = Underneath::new(&self.plain, &kept);
                Ok((self.plain, made, underneath))
            }
        }
    }
}

impl Underneath {
    /// Of what stays as it was written.
    pub fn new(prepared: &Prepared, kept: &Kept) -> Underneath {
        Underneath { by: kinds(prepared), why: kept.why().to_string() }
    }
}

/// The kinds of an object's attach points, each once.
fn kinds(prepared: &Prepared) -> String {
    let mut kinds: Vec<&str> = prepared.object.targets().map(|target| target.kind.name).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.join(", ")
}
