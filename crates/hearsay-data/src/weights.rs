/// The weights of the language engine: a safetensors file. `weights/engine/MODEL_CARD.md` says what they can do.
pub fn engine_weights() -> &'static [u8] {
    include_bytes!("../weights/engine/engine.safetensors")
}
