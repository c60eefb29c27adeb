//! Kleene's three truth values.

/// True, false, or not known for lack of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The evidence shows that it does not hold.
    False,
    /// The evidence does not suffice.
    Unknown,
    /// The evidence shows that it holds.
    True,
}

impl Truth {
    /// Conjunction: the lesser of the two.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Disjunction: the greater of the two.
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Negation; what is unknown stays unknown.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "`and`, `or`, `not` belong together")]
    pub fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Truth::Unknown, Truth::from)
    }
}
