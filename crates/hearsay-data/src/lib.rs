//! What hearsay ships: rules, lexicons, gazetteer and weights. Each folder names its source, its licence and the command
//! that rebuilds it.
#![forbid(unsafe_code)]
