//! From a name, as the record writes it, to the value.

use serde::de::value::Error;
use serde::de::{DeserializeOwned, IntoDeserializer};

/// The value that is written with this name: "denies" is a [`Stance`](crate::Stance); none where no value has it.
pub fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Error>::into_deserializer(name)).ok()
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::{NamedKind, Stance, Status};

    #[test]
    fn values_have_the_names_of_the_record() {
        assert_eq!(named("relays"), Some(Stance::Relays));
        assert_eq!(named("background"), Some(Status::Background));
        assert_eq!(named("armed_group"), Some(NamedKind::ArmedGroup));
        assert_eq!(named::<Stance>("none"), None);
    }
}
