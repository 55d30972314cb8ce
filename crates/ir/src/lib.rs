//! The language between the stages: [`ir`], what a closure means as a kernel program, [`spec`], the tables of what a
//! probe can do, and [`error`], which every stage's mistakes are told with. They know of no stage.

pub mod bug;
pub mod environment;
pub mod error;
pub mod ir;
pub mod spec;
pub mod visible;
