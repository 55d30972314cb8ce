//! A loaded program run by hand (BPF_PROG_TEST_RUN): arguments in; what it emits and counts is in its maps.

use super::object::{Loaded, refused};
use crate::error::Result;
use crate::spec::probe::ARGUMENTS;
use libbpf_rs::ProgramInput;

impl Loaded {
    /// Runs the object's program once, in this process: what it reads of user memory is ours.
    ///
    /// # Errors
    /// The kernel's refusal, as of a kernel before 5.10.
    pub fn run(&self, arguments: &[u64; ARGUMENTS]) -> Result<()> {
        let mut context = arguments.map(u64::to_ne_bytes);
        for program in self.object.progs_mut() {
            let input = ProgramInput { context_in: Some(context.as_flattened_mut()), ..ProgramInput::default() };
            program.test_run(input).map_err(|error| refused("run", &error, ""))?;
        }
        Ok(())
    }
}
