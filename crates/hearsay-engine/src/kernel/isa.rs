use std::fmt;

/// The instruction set that the engine computes with. All give the same bits; they differ in speed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isa {
    /// Plain Rust, for any processor.
    Portable,
    /// 256-bit vectors of x86-64 processors since 2013 (Intel Haswell, AMD Excavator).
    Avx2,
    /// 256-bit vectors with 8-bit dot products (Intel Alder Lake and later).
    AvxVnni,
    /// 512-bit vectors with 8-bit dot products (Intel Ice Lake, AMD Zen 4 and later).
    Avx512Vnni,
}

impl Isa {
    /// Every instruction set that the engine knows, slowest first.
    pub const ALL: [Isa; 4] = [Isa::Portable, Isa::Avx2, Isa::AvxVnni, Isa::Avx512Vnni];

    /// The fastest one that this processor has.
    pub fn best() -> Isa {
        let here = Isa::ALL.into_iter().rev().find(|isa| isa.is_supported());
        here.unwrap_or(Isa::Portable)
    }

    /// Whether this processor has it.
    #[cfg(target_arch = "x86_64")]
    pub fn is_supported(self) -> bool {
        match self {
            Isa::Portable => true,
            Isa::Avx2 => is_x86_feature_detected!("avx2"),
            Isa::AvxVnni => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni"),
            Isa::Avx512Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
        }
    }

    /// Whether this processor has it.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn is_supported(self) -> bool {
        self == Isa::Portable
    }
}

impl fmt::Display for Isa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Isa::Portable => "portable",
            Isa::Avx2 => "avx2",
            Isa::AvxVnni => "avx-vnni",
            Isa::Avx512Vnni => "avx512-vnni",
        })
    }
}
