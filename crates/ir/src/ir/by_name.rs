//! Rows of tables as they are written down: by their names, which the reader's own tables must have as well.

/// Makes the module of a table that `#[serde(with)]` names.
macro_rules! by_name {
    ($module:ident, $row:ty, $rows:expr) => {
        pub mod $module {
            use serde::de::{Deserialize, Deserializer, Error};
            use serde::ser::Serializer;

            pub fn serialize<S: Serializer>(row: &&'static $row, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(row.name)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static $row, D::Error> {
                let name = String::deserialize(deserializer)?;
                let row = $rows.find(|row| row.name == name);
                row.ok_or_else(|| D::Error::custom(format!("there is no `{name}`")))
            }
        }
    };
}

by_name!(aggregation, crate::spec::aggregation::Aggregation, crate::spec::aggregation::AGGREGATIONS.iter().copied());
by_name!(kind, crate::spec::probe::Kind, crate::spec::probe::KINDS.iter());
by_name!(event, crate::spec::event::Event, crate::spec::event::EVENTS.iter().copied());
by_name!(operator, crate::spec::operator::Operator, crate::spec::operator::OPERATORS.iter());
