use std::fmt;

/// Why an engine could not be loaded, or a question to it not be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no safetensors file, or a damaged one.
    #[error("the weights are not a readable safetensors file: {0}")]
    File(#[from] safetensors::SafeTensorError),
    /// The file has no `config` in its metadata, or one that does not make sense.
    #[error("the configuration of the weights cannot be used: {0}")]
    Config(String),
    /// A tensor that the configuration asks for is missing.
    #[error("the weights lack the tensor {0}")]
    Missing(String),
    /// A tensor has another type or shape than the configuration asks for.
    #[error("the tensor {name} should be {expected}, and is {found}")]
    Tensor {
        /// The name of the tensor.
        name: String,
        /// Its type and shape as the configuration has it.
        expected: String,
        /// Its type and shape in the file.
        found: String,
    },
    /// There is no head of this name and kind in this tier.
    #[error("the weights have no {kind} head named {task} in this tier")]
    Task {
        /// The name that was asked for.
        task: String,
        /// The kind of head that was needed.
        kind: &'static str,
    },
}

impl Error {
    pub(crate) fn config(reason: impl fmt::Display) -> Error {
        Error::Config(reason.to_string())
    }
}
