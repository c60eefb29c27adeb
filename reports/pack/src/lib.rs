//! What people receive: the record of an audit as a page and as data.
