//! Ties a workspace together: reads it, judges it, records what came out.
