//! Tests of the whole: the command, the example, the oracle, the rules of the house.
