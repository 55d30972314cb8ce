//! The language between the stages: [`ir`], what a closure means as a kernel program, and [`spec`], the tables of what a
//! probe can do. Every stage reads them; they know of no stage.

pub mod ir;
pub mod spec;
