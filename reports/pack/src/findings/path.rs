//! Paths as programs want them: seen from one folder, and as URIs.

/// A path below a folder, `.` and `..` taken out as far as they go.
pub fn joined(folder: &str, path: &str) -> String {
    let whole =
        if path.starts_with('/') || folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if whole.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// A path as a reference of RFC 3986.
pub(super) fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let mut uri = scheme.to_owned();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_folder() {
        assert_eq!(joined("", "rules/a.kijun"), "rules/a.kijun");
        assert_eq!(joined("examples/minato", "../../rulesets/a.kijun"), "rulesets/a.kijun");
        assert_eq!(joined("..", "../a.kijun"), "../../a.kijun");
        assert_eq!(joined("a", "/b/./c"), "/b/c");
    }

    #[test]
    fn uris_hold_only_what_they_may() {
        assert_eq!(uri("規則/a b.kijun"), "%E8%A6%8F%E5%89%87/a%20b.kijun");
        assert_eq!(uri("/a/b"), "file:///a/b");
    }
}
