//! Reads evidence as other systems export it, and what it covers.
